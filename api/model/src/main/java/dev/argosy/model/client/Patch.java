package dev.argosy.model.client;

import tools.jackson.databind.JsonNode;

/**
 * A change to send instead of a whole object.
 *
 * @param body a JSON patch is an array, the others are objects
 * @param fieldManager needed for {@link Form#APPLY}; may be empty otherwise
 * @param force whether apply takes over fields of other managers
 */
public record Patch(Form form, JsonNode body, String fieldManager, boolean force) {

  /** The patch formats of the Kubernetes API, by media type. */
  public enum Form {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }
  }

  public static Patch merge(JsonNode body) {
    return new Patch(Form.MERGE, body, "", false);
  }

  public static Patch json(JsonNode body) {
    return new Patch(Form.JSON, body, "", false);
  }

  public static Patch strategic(JsonNode body) {
    return new Patch(Form.STRATEGIC, body, "", false);
  }

  public static Patch apply(JsonNode body, String fieldManager, boolean force) {
    return new Patch(Form.APPLY, body, fieldManager, force);
  }
}
