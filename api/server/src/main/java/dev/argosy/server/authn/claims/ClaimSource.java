package dev.argosy.server.authn.claims;

import dev.argosy.model.access.IdentityClaims;
import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.CelBudget;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Evaluation;
import dev.argosy.server.cel.value.ToJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where a part of the user comes from. */
sealed interface ClaimSource {

  /** The claims, also as expressions see them, and what these may cost. */
  record Found(JsonNode claims, Bindings bound, CelBudget budget) {}

  /** Its value; missing if there is none. */
  JsonNode value(Found found, String part) throws BadClaimsException;

  /** What stands before each text. */
  String prefix();

  /** A claim by its name. */
  record Claim(String name, String prefix) implements ClaimSource {
    @Override
    public JsonNode value(Found found, String part) throws BadClaimsException {
      boolean unverified =
          name.equals("email")
              && found.claims.has("email_verified")
              && !found.claims.path("email_verified").asBoolean(false);
      if (unverified) {
        throw new BadClaimsException("the e-mail address is not verified");
      }
      return found.claims.path(name);
    }
  }

  /** Groups, and those that stand for the organizations in another claim, which only that names. */
  record Organizations(ClaimSource groups, String claim) implements ClaimSource {
    @Override
    public String prefix() {
      return "";
    }

    @Override
    public JsonNode value(Found found, String part) throws BadClaimsException {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      groups.texts(found, part).stream()
          .filter(group -> !IdentityClaims.ofOrganization(group))
          .forEach(all::add);
      IdentityClaims.organizations(found.claims.path(claim)).forEach(all::add);
      return all;
    }
  }

  /** An expression. */
  record Expression(CelProgram program) implements ClaimSource {
    @Override
    public String prefix() {
      return "";
    }

    @Override
    public JsonNode value(Found found, String part) throws BadClaimsException {
      return switch (program.evaluate(found.bound, found.budget)) {
        case Evaluation.Value(Object value) ->
            ToJson.of(value).orElse(JsonNodeFactory.instance.missingNode());
        case Evaluation.Failed(var cause, String message) ->
            throw new BadClaimsException("the expression of " + part + " failed: " + message);
      };
    }
  }

  /** One text; empty if there is none. */
  default String text(Found found, String part) throws BadClaimsException {
    JsonNode value = value(found, part);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw new BadClaimsException("the " + part + " is no text");
    }
    String text = value.asString();
    return text.isEmpty() ? "" : prefix() + text;
  }

  /** A text, or a list of texts. */
  default List<String> texts(Found found, String part) throws BadClaimsException {
    JsonNode value = value(found, part);
    List<String> texts = new ArrayList<>();
    if (value.isString()) {
      add(texts, value.asString());
      return texts;
    }
    if (!value.isArray()) {
      if (value.isMissingNode() || value.isNull()) {
        return texts;
      }
      throw new BadClaimsException("the " + part + " are neither a text nor a list of texts");
    }
    for (JsonNode each : value) {
      if (!each.isString()) {
        throw new BadClaimsException("the " + part + " are not all texts");
      }
      add(texts, each.asString());
    }
    return texts;
  }

  private void add(List<String> texts, String text) {
    if (!text.isEmpty()) {
      texts.add(prefix() + text);
    }
  }
}
