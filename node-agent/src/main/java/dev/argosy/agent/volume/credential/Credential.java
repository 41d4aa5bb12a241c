package dev.argosy.agent.volume.credential;

/**
 * A key and what says whose it is.
 *
 * @param key in PEM form; not for logs
 * @param chain certificates in PEM form, that of the key first
 */
public record Credential(byte[] key, byte[] chain) {}
