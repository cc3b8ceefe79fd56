DROP TABLE docs, orgs;
