package dev.argosy.server.authn.claims;

import dev.argosy.server.cel.CelEnvironment;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Compilation;
import dev.argosy.server.cel.Shape;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads and compiles mappings and rules. Belongs to one reading of a file. */
final class Expressions {

  private static final CelEnvironment CLAIMS = CelEnvironment.of(Map.of("claims", Shape.DYN));
  private static final CelEnvironment USER = CelEnvironment.of(Map.of("user", Shape.DYN));
  private static final Pattern KEY =
      Pattern.compile(
          "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[^A-Z\\s]+");
  private static final Pattern RESERVED =
      Pattern.compile("(.*\\.)?(kubernetes\\.io|k8s\\.io|argosy\\.dev)/.*");
  private static final Pattern EMAIL = Pattern.compile("\\bclaims\\.email\\b(?!_)");
  private static final Pattern VERIFIED = Pattern.compile("\\bclaims\\.?\\??\\.email_verified\\b");

  /** No extra, but what is taken as the user's own address if the token calls it verified. */
  static final String VERIFIED_EMAIL = "argosy.dev/verified-email";

  private final Problems problems;

  Expressions(Problems problems) {
    this.problems = problems;
  }

  /**
   * A mapping by claim or expression; empty if there is none, or a bad one.
   *
   * @param prefixed whether one by claim must say its prefix, if only an empty one
   */
  Optional<ClaimSource> source(JsonNode mappings, String place, String part, boolean prefixed) {
    JsonNode source = mappings.path(part);
    String at = place + "." + part;
    if (source.isMissingNode()) {
      return Optional.empty();
    }
    if (prefixed) {
      problems.requireKnown(source, at, "claim", "prefix", "expression");
    } else {
      problems.requireKnown(source, at, "claim", "expression");
    }
    String claim = source.path("claim").asString("");
    String expression = source.path("expression").asString("");
    if (claim.isEmpty() == expression.isEmpty()) {
      problems.add(at, "Required value: exactly one of claim and expression");
      return Optional.empty();
    }
    if (claim.isEmpty()) {
      if (source.has("prefix")) {
        problems.add(at + ".prefix", "Invalid value: prefix can't be set when expression is set");
      }
      return compile(CLAIMS, expression, at + ".expression").map(ClaimSource.Expression::new);
    }
    if (prefixed && !source.has("prefix")) {
      problems.add(
          at + ".prefix", "Required value: prefix is required when claim is set, \"\" for none");
    }
    return Optional.of(new ClaimSource.Claim(claim, source.path("prefix").asString("")));
  }

  Map<String, ClaimSource> extra(JsonNode list, String at) {
    Map<String, ClaimSource> extra = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode entry = list.get(i);
      String place = at + "[" + i + "]";
      problems.requireKnown(entry, place, "key", "valueExpression");
      String key = entry.path("key").asString("");
      if (!KEY.matcher(key).matches()) {
        problems.add(
            place + ".key", "Invalid value: \"" + key + "\": must be DOMAIN/PATH in lower case");
      } else if (RESERVED.matcher(key).matches() && !key.equals(VERIFIED_EMAIL)) {
        problems.add(
            place + ".key", "Invalid value: \"" + key + "\": is of a domain that is reserved");
      } else if (extra.containsKey(key)) {
        problems.add(place + ".key", "Duplicate value: \"" + key + "\"");
      }
      String expression = entry.path("valueExpression").asString("");
      compile(CLAIMS, expression, place + ".valueExpression")
          .ifPresent(program -> extra.put(key, new ClaimSource.Expression(program)));
    }
    return extra;
  }

  List<ClaimRule> claimRules(JsonNode list, String at) {
    List<ClaimRule> rules = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode rule = list.get(i);
      String place = at + "[" + i + "]";
      problems.requireKnown(rule, place, "claim", "requiredValue", "expression", "message");
      String claim = rule.path("claim").asString("");
      boolean byExpression = !rule.path("expression").asString("").isEmpty();
      if (claim.isEmpty() != byExpression) {
        problems.add(place, "Required value: exactly one of claim and expression");
      } else if (byExpression) {
        condition(CLAIMS, rule, place).ifPresent(rules::add);
      } else {
        rules.add(new ClaimRule.Value(claim, rule.path("requiredValue").asString("")));
      }
    }
    return rules;
  }

  List<ClaimRule> userRules(JsonNode list, String at) {
    List<ClaimRule> rules = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String place = at + "[" + i + "]";
      problems.requireKnown(list.get(i), place, "expression", "message");
      condition(USER, list.get(i), place).ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<ClaimRule> condition(CelEnvironment environment, JsonNode rule, String place) {
    Optional<CelProgram> program =
        compile(environment, rule.path("expression").asString(""), place + ".expression");
    if (program.isPresent()) {
      CelType type = program.get().resultType();
      if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
        problems.add(place + ".expression", "Invalid value: must evaluate to bool");
      }
    }
    return program.map(p -> new ClaimRule.Condition(p, rule.path("message").asString("")));
  }

  private Optional<CelProgram> compile(CelEnvironment environment, String expression, String at) {
    if (expression.isBlank()) {
      problems.add(at, "Required value: expression is required");
      return Optional.empty();
    }
    return switch (environment.compile(expression)) {
      case Compilation.Compiled(CelProgram program) -> Optional.of(program);
      case Compilation.Rejected(String message) -> {
        problems.add(at, "Invalid value: \"" + expression + "\": compilation failed: " + message);
        yield Optional.empty();
      }
    };
  }

  /** An e-mail address that nobody verified may be anybody's. */
  void requireVerified(JsonNode jwt, String place) {
    JsonNode mappings = jwt.path("claimMappings");
    String username = mappings.path("username").path("expression").asString("");
    StringBuilder all = new StringBuilder(username);
    mappings
        .path("extra")
        .forEach(e -> all.append('\n').append(e.path("valueExpression").asString("")));
    jwt.path("claimValidationRules")
        .forEach(rule -> all.append('\n').append(rule.path("expression").asString("")));
    if (EMAIL.matcher(username).find() && !VERIFIED.matcher(all).find()) {
      problems.add(
          place + ".username.expression",
          "Invalid value: \""
              + username
              + "\": claims.email_verified must be used in claimMappings.username.expression or"
              + " claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when"
              + " claims.email is used in claimMappings.username.expression");
    }
  }
}
