LISTEN news;
