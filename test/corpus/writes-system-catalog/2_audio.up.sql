ALTER TYPE kind ADD VALUE 'audio';
