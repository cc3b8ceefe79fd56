DROP TABLE plain, empty_table, settings, checked, booked, chicken, egg, links, tree, visits, members, days, regions, shards, "Odd Name", impossible, homeless;
DROP TYPE address;
DROP DOMAIN percent;
DROP DOMAIN email;
DROP TYPE mood;
