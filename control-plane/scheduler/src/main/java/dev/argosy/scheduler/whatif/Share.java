package dev.argosy.scheduler.whatif;

/**
 * What a tenant's share has to do with pods that are asked about.
 *
 * @param guaranteed how many of them are guaranteed to the tenant beside what it has
 * @param ahead how many of them come before what pods of other tenants wait for now
 */
public record Share(int guaranteed, int ahead) {}
