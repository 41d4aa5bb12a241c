package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.EmergencyMark;
import dev.argosy.tenancy.breakglass.BreakGlass;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.SubjectRef;
import dev.argosy.tenancy.role.AccessGrant;
import java.util.Map;

/** What gives somebody rules. */
sealed interface Origin {

  /** The group that may do everything, in the cluster to which its members are tied. */
  record Superusers() implements Origin {
    @Override
    public String text() {
      return "group " + UserInfo.SYSTEM_MASTERS;
    }

    @Override
    public Holder holder() {
      return Holder.group(UserInfo.SYSTEM_MASTERS);
    }
  }

  /** A role on the platform. */
  record Platform(AccessGrant grant) implements Origin {
    @Override
    public String text() {
      return "platform role " + grant.role() + ", granted by " + grant.name();
    }

    @Override
    public Holder holder() {
      return of(grant.subject());
    }
  }

  /** A role in the tenant. */
  record Tenant(Member member) implements Origin {
    @Override
    public String text() {
      return "tenant role " + member.role() + " by member " + member.name();
    }

    @Override
    public Holder holder() {
      return of(member.subject());
    }
  }

  /** Access to the tenant that somebody took for a while. */
  record Emergency(BreakGlass taken) implements Origin {
    /** The audit's annotations that tell it; their values are its name and its reason. */
    static final String MARK = EmergencyMark.NAME;

    static final String REASON = "tenancy.argosy.dev/break-glass-reason";

    @Override
    public String text() {
      return "tenant role " + taken.role().text() + " by break-glass " + taken.name();
    }

    @Override
    public Holder holder() {
      return of(taken.subject());
    }

    @Override
    public Map<String, String> marks() {
      return Map.of(MARK, taken.name(), REASON, taken.reason());
    }
  }

  /**
   * A binding of the cluster.
   *
   * @param subject which of its subjects
   */
  record Bound(Binding binding, String subject) implements Origin {
    @Override
    public String text() {
      return "RBAC: allowed by " + binding.shown(subject);
    }

    @Override
    public Holder holder() {
      return Holder.ofSubject(subject);
    }
  }

  /** Why its holder is allowed something, as a sentence. */
  String text();

  /** What the audit is told of everything that is done by it. */
  default Map<String, String> marks() {
    return Map.of();
  }

  /** Who holds the rules by it. */
  Holder holder();

  private static Holder of(SubjectRef subject) {
    return switch (subject.kind()) {
      case USER -> Holder.user(subject.name());
      case GROUP -> Holder.group(subject.name());
      case SERVICE_ACCOUNT -> {
        String[] parts = subject.name().replace('/', ':').split(":", 2);
        yield Holder.account(parts[0], parts[parts.length - 1]);
      }
    };
  }
}
