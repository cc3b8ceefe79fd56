/**
 * What is used of `testcontainers`, by name. It is CommonJS: where a bundle loads such a package late by itself, it has no
 * name but `default`.
 */
export { GenericContainer, getContainerRuntimeClient, getReaper, ImageName, Wait } from "testcontainers";
export { getAuthConfig } from "testcontainers/build/container-runtime/auth/get-auth-config.js";
