package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.Reach;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Who may make access tokens sees and revokes their own, whoever made them for them. Others' are as
 * if they were not there: the answer is the same.
 */
final class OwnTokens {

  private static final GroupResource RESOURCE =
      new GroupResource("access.argosy.dev", "accesstokens");
  private static final Set<String> VERBS = Set.of("get", "delete");

  private final HeldRules held;
  private final ObjectLookup objects;

  OwnTokens(HeldRules held, ObjectLookup objects) {
    this.held = held;
    this.objects = objects;
  }

  static boolean meant(Attributes asked) {
    return asked.resource().equals(RESOURCE.resource()) && asked.group().equals(RESOURCE.group());
  }

  /**
   * Whether it is one of theirs.
   *
   * @param otherwise what is said if not
   */
  Decision decide(Attributes asked, Decision otherwise) {
    if (!VERBS.contains(asked.verb())
        || !asked.subresource().isEmpty()
        || asked.name().isEmpty()
        || !maker(asked)) {
      return otherwise;
    }
    ObjectKey key = new ObjectKey(RESOURCE, asked.cluster(), "", asked.name());
    return objects.find(key, new Own(asked.user().name())::sees).isPresent()
        ? Decision.allow("it is the user's own access token")
        : otherwise;
  }

  /** The tokens of a user. */
  private record Own(String user) implements Reach.Seen {
    @Override
    public boolean sees(ApiObject token) {
      JsonNode subject = token.tree().path("spec").path("subject");
      return subject.path("kind").asString("").equals("User")
          && subject.path("name").asString("").equals(user);
    }
  }

  /** Their own, for lists and watches. */
  Reach reach(Attributes asked, Object asOf) {
    return maker(asked) ? Reach.of(new Own(asked.user().name()), asOf) : Reach.NONE;
  }

  private boolean maker(Attributes asked) {
    return held.hasPlace(asked.user(), asked.cluster()) && mayMake(asked);
  }

  private boolean mayMake(Attributes asked) {
    boolean[] may = new boolean[1];
    Attributes making =
        new Attributes(
            asked.user(),
            asked.cluster(),
            "create",
            RESOURCE.group(),
            "v1",
            RESOURCE.resource(),
            "",
            "",
            "",
            "");
    held.visitWhole(
        asked.user(),
        asked.cluster(),
        "",
        (rules, origin) -> {
          may[0] = Explainer.allowing(rules, making).isPresent();
          return may[0];
        });
    return may[0];
  }
}
