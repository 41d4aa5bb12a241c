package dev.argosy.server;

import dev.argosy.server.audit.AuditConfig;
import dev.argosy.server.authn.OidcSettings;
import dev.argosy.server.authn.RequestHeaderSettings;
import dev.argosy.server.authn.WebhookSettings;
import dev.argosy.server.pki.PkiFolder;
import dev.argosy.server.tenant.ApiAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of access.
 *
 * @param pki folder with {@code ca.crt}, {@code ca.key}, {@code sa.key}, {@code sa.pub} ({@code
 *     argosy.pki.folder}; no default)
 * @param oidc identity providers ({@code argosy.oidc.*}, see {@link OidcSettings}; none by default)
 * @param adminGroup group of the identity provider whose members administer the platform ({@code
 *     argosy.platform.admin-group}; platform-admins). Written once, as the grant "platform-admins";
 *     changed afterwards like any other object
 * @param api the service {@code kubernetes} of every cluster ({@code argosy.api.cluster-ip};
 *     10.96.0.1, {@code argosy.api.port}, and {@code argosy.api.advertise-address}; made of {@code
 *     argosy.api.host})
 * @param audit what is kept of requests ({@code argosy.audit.*}, see {@link AuditConfig})
 * @param others a webhook and proxies that authenticate
 */
public record AccessConfig(
    PkiFolder pki,
    OidcSettings oidc,
    String adminGroup,
    ApiAddress api,
    AuditConfig audit,
    Others others) {

  /**
   * Others whose word on who asks is taken.
   *
   * @param webhook a service that reviews tokens ({@code argosy.webhook-authentication.*}, see
   *     {@link WebhookSettings}; none by default)
   * @param proxies that name users in headers ({@code argosy.request-header.*}, see {@link
   *     RequestHeaderSettings}; none by default)
   */
  public record Others(Optional<WebhookSettings> webhook, Optional<RequestHeaderSettings> proxies) {

    /** There are none. */
    public static final Others NONE = new Others(Optional.empty(), Optional.empty());
  }

  /** With nobody else to ask. */
  public AccessConfig(
      PkiFolder pki, OidcSettings oidc, String adminGroup, ApiAddress api, AuditConfig audit) {
    this(pki, oidc, adminGroup, api, audit, Others.NONE);
  }

  /** Reads the documented keys. */
  public static AccessConfig of(Map<String, String> settings) {
    String pki = settings.getOrDefault("argosy.pki.folder", "");
    if (pki.isEmpty()) {
      throw new IllegalArgumentException("argosy.pki.folder must be set");
    }
    return new AccessConfig(
        new PkiFolder(Path.of(pki)),
        OidcSettings.of(settings),
        settings.getOrDefault("argosy.platform.admin-group", "platform-admins"),
        new ApiAddress(
            settings.getOrDefault("argosy.api.cluster-ip", "10.96.0.1"),
            Integer.parseInt(settings.getOrDefault("argosy.api.port", "6443")),
            ApiAddress.advertised(
                settings.getOrDefault(
                    "argosy.api.advertise-address",
                    settings.getOrDefault("argosy.api.host", "0.0.0.0")))),
        AuditConfig.of(settings),
        new Others(WebhookSettings.of(settings), RequestHeaderSettings.of(settings)));
  }
}
