DROP TABLE chk, trg, rls, arr, s, h, l, p, booking, gen, node;
DROP TABLE a, b;
DROP FUNCTION reject();
