CREATE TABLE orgs (id integer PRIMARY KEY, owner_id integer);
CREATE TABLE docs (org_id integer);
CREATE POLICY own ON docs USING (org_id IN (SELECT id FROM orgs WHERE owner_id = 1));
