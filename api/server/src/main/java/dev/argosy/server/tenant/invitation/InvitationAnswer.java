package dev.argosy.server.tenant.invitation;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.PostHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.server.tenant.invitation.Acceptances.Acceptance;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.member.Invitation.Phase;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Accepts or declines an invitation ({@code POST invitations/NAME/accept}, {@code …/decline});
 * answers the invitation. Only who has its address does, whatever roles others have. The first
 * answer counts: the same of the same user again changes nothing, any other is a conflict.
 */
public final class InvitationAnswer implements PostHandler {

  private static final int ATTEMPTS = 5;

  private final ResourceStore store;
  private final Acceptances acceptances;
  private final Phase answer;
  private final Clock clock;

  private InvitationAnswer(
      ResourceStore store, Acceptances acceptances, Phase answer, Clock clock) {
    this.store = store;
    this.acceptances = acceptances;
    this.answer = answer;
    this.clock = clock;
  }

  /**
   * Accepts.
   *
   * @param store of the platform's own kinds
   */
  public static InvitationAnswer accepting(
      ResourceStore store, Acceptances acceptances, Clock clock) {
    return new InvitationAnswer(store, acceptances, Phase.ACCEPTED, clock);
  }

  /** Declines; else as {@link #accepting}. */
  public static InvitationAnswer declining(
      ResourceStore store, Acceptances acceptances, Clock clock) {
    return new InvitationAnswer(store, acceptances, Phase.DECLINED, clock);
  }

  static ObjectKey key(String name) {
    return new ObjectKey(Invitation.RESOURCE, ClusterDirectory.ROOT, "", name);
  }

  /** Whether the invitation is for the user. */
  static boolean isFor(UserInfo user, Invitation invitation) {
    return !user.verifiedEmail().isEmpty()
        && user.verifiedEmail().equals(invitation.offer().email());
  }

  /** Writes into the invitation that it was answered, or is over. */
  static void enter(ObjectNode invitation, Phase phase, String by, Clock clock) {
    String said = phase.text().toLowerCase(Locale.ROOT);
    ObjectNode status = invitation.withObject("status").put("phase", phase.text());
    if (!by.isEmpty()) {
      status.put("username", by);
    }
    status
        .withArray("conditions")
        .addObject()
        .put("type", phase.text())
        .put("status", "True")
        .put("reason", by.isEmpty() ? "NotAnswered" : "Answered")
        .put("message", by.isEmpty() ? "nobody answered it in time" : said + " by " + by)
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  @Override
  public ObjectNode post(Subject subject, ObjectNode body) {
    requireSameName(subject.name(), body);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      StoredValue value = read(subject.name());
      ObjectNode object = Json.parse(value.value());
      if (answered(subject, object)) {
        return ApiObject.ofStored(value.key(), value.revision(), value.value()).tree();
      }
      if (subject.dryRun()) {
        enter(object, answer, subject.user().name(), clock);
        return ApiObject.ofStored(value.key(), value.revision(), Json.canonical(object)).tree();
      }
      if (answer == Phase.ACCEPTED ? accept(subject, object) : decline(subject, value, object)) {
        StoredValue now = read(subject.name());
        return ApiObject.ofStored(now.key(), now.revision(), now.value()).tree();
      }
    }
    throw Status.stale(Invitation.RESOURCE, subject.name()).asException();
  }

  private static void requireSameName(String name, ObjectNode body) {
    String named = body.path("metadata").path("name").asString("");
    if (!named.isEmpty() && !named.equals(name)) {
      throw Status.badRequest(
              "the name of the object ("
                  + named
                  + ") does not match the name on the URL ("
                  + name
                  + ")")
          .asException();
    }
  }

  private StoredValue read(String name) {
    return store
        .get(key(name))
        .orElseThrow(() -> Status.notFound(Invitation.RESOURCE, name).asException());
  }

  /** Whether the user gave this very answer before; refuses if it cannot be given. */
  private boolean answered(Subject subject, ObjectNode object) {
    Invitation invitation = Invitation.of(object);
    UserInfo user = subject.user();
    if (!isFor(user, invitation)) {
      String why = "it is for somebody with another e-mail address, or yours is not verified";
      throw Status.forbidden(Invitation.RESOURCE, invitation.name(), why).asException();
    }
    if (user.name().startsWith("system:")) {
      throw Status.forbidden(
              Invitation.RESOURCE, invitation.name(), user.name() + " cannot be a member")
          .asException();
    }
    String by = object.path("status").path("username").asString("");
    if (invitation.phase() == answer && by.equals(user.name())) {
      return true;
    }
    if (invitation.phase() != Phase.PENDING) {
      String what = invitation.phase().text().toLowerCase(Locale.ROOT);
      throw conflict(invitation, "it was " + what + (by.isEmpty() ? "" : " by " + by) + " already");
    }
    if (invitation.over(clock.instant())) {
      throw conflict(invitation, "it could be answered until " + invitation.acceptBy());
    }
    return false;
  }

  private static StatusException conflict(Invitation invitation, String why) {
    return Status.conflict(Invitation.RESOURCE, invitation.name(), why).asException();
  }

  /** Whether that is done; false if it must be looked at again. */
  private boolean decline(Subject subject, StoredValue value, ObjectNode object) {
    enter(object, answer, subject.user().name(), clock);
    Change change = new Change.Update(value.key(), value.revision(), Json.canonical(object));
    return store.commit(List.of(change)) instanceof CommitResult.Committed;
  }

  /** As {@link #decline}. */
  private boolean accept(Subject subject, ObjectNode object) {
    Invitation invitation = Invitation.of(object);
    if (invitation.offer().term().over(clock.instant())) {
      throw conflict(invitation, "the role that it offers would be over already");
    }
    Inviter inviter =
        store
            .get(Inviter.key(invitation.uid()))
            .map(stored -> Inviter.of(Json.parse(stored.value())))
            .orElseThrow(() -> conflict(invitation, "it was revoked"));
    Acceptance acceptance = new Acceptance(invitation, inviter, subject.user().name());
    return switch (acceptances.write(acceptance)) {
      case ApiResult.Ok<ApiObject> made -> true;
      case ApiResult.Refused<ApiObject>(Status status) -> {
        if (pending(invitation)) {
          throw refused(acceptance, status);
        }
        yield false;
      }
    };
  }

  /** Whether nobody else answered it, or revoked it, in the same moment. */
  private boolean pending(Invitation invitation) {
    return Invitation.of(Json.parse(read(invitation.name()).value())).phase() == Phase.PENDING;
  }

  /** Which rights whoever invited has, and lost, is nothing to whom they invited. */
  private static StatusException refused(Acceptance acceptance, Status status) {
    Reason reason = status.reason();
    if (reason != Reason.FORBIDDEN && reason != Reason.INVALID) {
      return status.asException();
    }
    return conflict(
        acceptance.invitation(),
        acceptance.inviter().user().name()
            + " cannot give the role "
            + acceptance.invitation().offer().role()
            + " there any more; ask for another invitation");
  }
}
