DROP POLICY own ON docs;
ALTER TABLE orgs RENAME COLUMN id TO key;
CREATE POLICY own ON docs USING (org_id IN (SELECT key FROM orgs WHERE owner_id = 1));
