package dev.argosy.server;

import dev.argosy.server.audit.AuditConfig;
import dev.argosy.server.authn.OidcSettings;
import dev.argosy.server.authn.RequestHeaderSettings;
import dev.argosy.server.authn.WebhookSettings;
import dev.argosy.server.keycloak.KeycloakClients;
import dev.argosy.server.keycloak.KeycloakSettings;
import dev.argosy.server.pki.PkiFolder;
import dev.argosy.server.tenant.ApiAddress;
import dev.argosy.server.tenant.FirstPodSecurity;
import dev.argosy.server.tenant.RoomOfTenants;
import dev.argosy.server.tenant.serviceclient.Provider;
import dev.argosy.tenancy.tenant.PodSecurity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of access.
 *
 * @param pki folder with {@code ca.crt}, {@code ca.key}, {@code sa.key}, {@code sa.pub} ({@code
 *     argosy.pki.folder}; no default)
 * @param identities whose word on who asks is taken
 * @param adminGroup group of the identity provider whose members administer the platform ({@code
 *     argosy.platform.admin-group}; platform-admins). Written once, as the grant "platform-admins";
 *     changed afterwards like any other object
 * @param api the service {@code kubernetes} of every cluster ({@code argosy.api.cluster-ip};
 *     10.96.0.1, {@code argosy.api.port}, and {@code argosy.api.advertise-address}; made of {@code
 *     argosy.api.host})
 * @param audit what is kept of requests ({@code argosy.audit.*}, see {@link AuditConfig})
 * @param tenants what is true of all tenants where nobody says otherwise
 */
public record AccessConfig(
    PkiFolder pki,
    Identities identities,
    String adminGroup,
    ApiAddress api,
    AuditConfig audit,
    Tenants tenants) {

  /**
   * What is true of all tenants where nobody says otherwise.
   *
   * @param times how long some things last
   * @param room in etcd ({@code argosy.tenant.etcd-objects}; 100,000, {@code
   *     argosy.tenant.etcd-bytes}; 512Mi)
   * @param podSecurity how much pods of new tenants may do at the most ({@code
   *     argosy.tenant.pod-security}; baseline)
   */
  public record Tenants(Times times, RoomOfTenants room, PodSecurity podSecurity) {}

  /**
   * How long some things last.
   *
   * @param deletionGrace how long a tenant is kept after its deletion was asked for, where nobody
   *     says otherwise ({@code argosy.tenant.deletion-grace}; no time)
   * @param breakGlass the longest that somebody takes access to a tenant for ({@code
   *     argosy.access.break-glass-limit}; four hours)
   */
  public record Times(Duration deletionGrace, Duration breakGlass) {

    private static final Duration LONGEST = Duration.ofDays(7);

    public Times {
      if (deletionGrace.isNegative()) {
        throw new IllegalArgumentException("argosy.tenant.deletion-grace must not be negative");
      }
      if (breakGlass.toSeconds() < 1 || breakGlass.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "argosy.access.break-glass-limit must be between PT1S and P7D");
      }
    }

    /** Reads the documented keys. */
    static Times of(Map<String, String> settings) {
      return new Times(
          Duration.parse(settings.getOrDefault("argosy.tenant.deletion-grace", "PT0S")),
          Duration.parse(settings.getOrDefault("argosy.access.break-glass-limit", "PT4H")));
    }
  }

  /**
   * Those whose word on who asks is taken.
   *
   * @param oidc identity providers ({@code argosy.oidc.*}, see {@link OidcSettings}; none by
   *     default)
   * @param webhook a service that reviews tokens ({@code argosy.webhook-authentication.*}, see
   *     {@link WebhookSettings}; none by default)
   * @param proxies that name users in headers ({@code argosy.request-header.*}, see {@link
   *     RequestHeaderSettings}; none by default)
   * @param file further identity providers, as an AuthenticationConfiguration ({@code
   *     argosy.authentication.config}; none by default)
   * @param programs what programs log in with
   */
  public record Identities(
      OidcSettings oidc,
      Optional<WebhookSettings> webhook,
      Optional<RequestHeaderSettings> proxies,
      Optional<Path> file,
      Programs programs) {

    /** Reads the documented keys. */
    static Identities of(Map<String, String> settings) {
      return new Identities(
          OidcSettings.of(settings),
          WebhookSettings.of(settings),
          RequestHeaderSettings.of(settings),
          Optional.of(settings.getOrDefault("argosy.authentication.config", ""))
              .filter(file -> !file.isEmpty())
              .map(Path::of),
          Programs.of(settings));
    }

    /**
     * Where clients are made for programs; empty if nowhere.
     *
     * @throws IllegalArgumentException if tokens from there would not be believed
     */
    Optional<Provider> provider(Clock clock) {
      return programs
          .keycloak()
          .map(keycloak -> {
            OidcSettings.Issuer issuer =
                oidc.issuers().stream()
                    .filter(one ->
                        keycloak.issuer().isEmpty() || one.issuer().equals(keycloak.issuer()))
                    .findFirst()
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "argosy.identity.keycloak.issuer must be one of argosy.oidc.issuer, or"
                                + " clients would be made whose tokens nobody believes"));
            return new Provider(
                new KeycloakClients(keycloak, clock),
                issuer.issuer(),
                issuer.audience(),
                issuer.claims().username());
          });
    }
  }

  /**
   * What programs log in with.
   *
   * @param longestToken how long an access token lasts at most ({@code
   *     argosy.access-tokens.longest}; P366D)
   * @param keycloak where service clients are made ({@code argosy.identity.keycloak.*}, see {@link
   *     KeycloakSettings}; nowhere by default)
   */
  public record Programs(Duration longestToken, Optional<KeycloakSettings> keycloak) {

    private static final String LONGEST = "argosy.access-tokens.longest";

    public Programs {
      if (longestToken.isNegative() || longestToken.isZero()) {
        throw new IllegalArgumentException(LONGEST + " must be a time");
      }
    }

    /** Reads the documented keys. */
    static Programs of(Map<String, String> settings) {
      return new Programs(
          Duration.parse(settings.getOrDefault(LONGEST, "P366D")), KeycloakSettings.of(settings));
    }
  }

  /** Reads the documented keys. */
  public static AccessConfig of(Map<String, String> settings) {
    String pki = settings.getOrDefault("argosy.pki.folder", "");
    if (pki.isEmpty()) {
      throw new IllegalArgumentException("argosy.pki.folder must be set");
    }
    return new AccessConfig(
        new PkiFolder(Path.of(pki)),
        Identities.of(settings),
        settings.getOrDefault("argosy.platform.admin-group", "platform-admins"),
        new ApiAddress(
            settings.getOrDefault("argosy.api.cluster-ip", "10.96.0.1"),
            Integer.parseInt(settings.getOrDefault("argosy.api.port", "6443")),
            ApiAddress.advertised(
                settings.getOrDefault(
                    "argosy.api.advertise-address",
                    settings.getOrDefault("argosy.api.host", "0.0.0.0")))),
        AuditConfig.of(settings),
        new Tenants(
            Times.of(settings), RoomOfTenants.of(settings), FirstPodSecurity.setting(settings)));
  }
}
