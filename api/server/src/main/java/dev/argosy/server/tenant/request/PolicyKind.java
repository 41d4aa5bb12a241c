package dev.argosy.server.tenant.request;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Cause;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Policies whose pattern of names can be understood. */
public final class PolicyKind implements KindRules {

  public static final GroupResource RESOURCE = RequestPolicy.RESOURCE;

  private static final String FIELD = "spec.namePattern";
  private static final int LONGEST = 256;

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    String pattern = object.path("spec").path("namePattern").asString("");
    if (pattern.length() > LONGEST) {
      String message = "Too long: may not be more than " + LONGEST + " bytes";
      return List.of(new Cause("FieldValueTooLong", message, FIELD));
    }
    try {
      Pattern.compile(pattern);
      return List.of();
    } catch (PatternSyntaxException e) {
      String message = "Invalid value: \"" + pattern + "\": " + e.getDescription();
      return List.of(new Cause("FieldValueInvalid", message, FIELD));
    }
  }
}
