package dev.argosy.server.tenant;

/**
 * The keys that tenants' objects are encrypted with at rest. Both calls are safe to make twice and
 * on several servers; both may block.
 */
public interface TenantKeys {

  /** Where nothing is encrypted. */
  TenantKeys NONE =
      new TenantKeys() {
        @Override
        public void discardUnreadable(String tenant) {}

        @Override
        public void destroy(String tenant) {}
      };

  /**
   * Removes what of a tenant that is being emptied cannot be read, so that nobody could delete it.
   */
  void discardUnreadable(String tenant);

  /**
   * Destroys the keys of a tenant that is empty: copies of its encrypted objects, in backups and in
   * the store's history, are worthless from then on.
   */
  void destroy(String tenant);
}
