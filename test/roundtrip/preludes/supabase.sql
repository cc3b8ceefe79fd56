-- What Supabase's image has before its first migration: roles, schemas and the functions that policies call.
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticated NOLOGIN;
CREATE ROLE service_role NOLOGIN BYPASSRLS;
CREATE ROLE supabase_admin LOGIN SUPERUSER;
CREATE ROLE supabase_auth_admin LOGIN CREATEROLE;
CREATE ROLE supabase_storage_admin LOGIN CREATEROLE;
CREATE ROLE authenticator LOGIN NOINHERIT;
CREATE ROLE dashboard_user CREATEROLE;
CREATE ROLE pgbouncer LOGIN;
CREATE SCHEMA auth AUTHORIZATION supabase_admin;
CREATE SCHEMA extensions;
CREATE SCHEMA storage;
CREATE SCHEMA realtime;
CREATE TABLE auth.users (
  id uuid PRIMARY KEY,
  email text,
  raw_user_meta_data jsonb,
  raw_app_meta_data jsonb,
  created_at timestamptz DEFAULT now()
);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT NULL::uuid $$;
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT NULL::text $$;
CREATE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS $$ SELECT NULL::text $$;
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT NULL::jsonb $$;
-- Stand-ins for uuid-ossp and pgcrypto, which not every server has.
CREATE FUNCTION extensions.uuid_generate_v4() RETURNS uuid LANGUAGE sql AS $$ SELECT gen_random_uuid() $$;
CREATE FUNCTION public.gen_random_bytes(length integer) RETURNS bytea LANGUAGE sql AS $$
  SELECT substr(string_agg(uuid_send(gen_random_uuid()), ''::bytea), 1, length)
  FROM generate_series(0, length / 16)
$$;
