package dev.argosy.server.custom.kind;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.custom.definition.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings objects of one definition from version to version.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion">
 *     Webhook conversion</a>
 */
final class Conversions {

  /** What a webhook may change of the metadata. */
  private static final List<String> OPEN = List.of("labels", "annotations");

  private final Definition definition;
  private final ConversionCaller caller;

  Conversions(Definition definition, ConversionCaller caller) {
    this.definition = definition;
    this.caller = caller;
  }

  /** The object in that version: itself if it is in it. */
  ObjectNode convert(ObjectNode object, String apiVersion) {
    return convert(List.of(object), apiVersion).getFirst();
  }

  /**
   * The objects in that version, in their order. What is only there to be deleted is not worth a
   * webhook, which may be gone already.
   *
   * @throws dev.argosy.model.status.StatusException if a webhook does not do what it should
   */
  List<ObjectNode> convert(List<ObjectNode> objects, String apiVersion) {
    List<ObjectNode> others = objects.stream().filter(object -> !in(object, apiVersion)).toList();
    if (others.isEmpty()) {
      return objects;
    }
    JsonNode webhook = definition.conversion().webhook();
    if (webhook == null || definition.terminating()) {
      others.forEach(object -> object.put("apiVersion", apiVersion));
      return objects;
    }
    List<ObjectNode> converted = ask(webhook, others, apiVersion);
    List<ObjectNode> all = new ArrayList<>(objects.size());
    int next = 0;
    for (ObjectNode object : objects) {
      all.add(in(object, apiVersion) ? object : converted.get(next++));
    }
    return all;
  }

  private static boolean in(ObjectNode object, String apiVersion) {
    return object.path("apiVersion").asString("").equals(apiVersion);
  }

  private List<ObjectNode> ask(JsonNode webhook, List<ObjectNode> objects, String apiVersion) {
    String uid = UUID.randomUUID().toString();
    ObjectNode review = Json.object().put("kind", "ConversionReview");
    review.put("apiVersion", "apiextensions.k8s.io/" + reviewVersion(webhook));
    ObjectNode request = review.putObject("request");
    request.put("uid", uid).put("desiredAPIVersion", apiVersion);
    ArrayNode sent = request.putArray("objects");
    objects.forEach(object -> sent.add(object.deepCopy()));
    JsonNode response =
        caller
            .call(
                definition.key().cluster(),
                definition.key().name(),
                webhook.path("clientConfig"),
                review)
            .path("response");
    return checked(uid, objects, apiVersion, response);
  }

  /** The first version of reviews that both sides know. */
  private static String reviewVersion(JsonNode webhook) {
    for (JsonNode version : webhook.path("conversionReviewVersions")) {
      if (List.of("v1", "v1beta1").contains(version.asString(""))) {
        return version.asString("");
      }
    }
    return "v1";
  }

  private List<ObjectNode> checked(
      String uid, List<ObjectNode> objects, String apiVersion, JsonNode response) {
    if (!response.path("uid").asString("").equals(uid)) {
      throw failed("the response has another uid than the request");
    }
    if (!response.path("result").path("status").asString("").equals("Success")) {
      throw failed(response.path("result").path("message").asString("it gave no reason"));
    }
    JsonNode converted = response.path("convertedObjects");
    if (converted.size() != objects.size()) {
      throw failed("it returned " + converted.size() + " objects, expected " + objects.size());
    }
    List<ObjectNode> all = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      all.add(checked(objects.get(i), converted.get(i), apiVersion));
    }
    return all;
  }

  /** Of the metadata a webhook may change labels and annotations only. */
  private ObjectNode checked(ObjectNode before, JsonNode after, String apiVersion) {
    boolean fits =
        after instanceof ObjectNode object
            && in(object, apiVersion)
            && object.path("kind").equals(before.path("kind"))
            && object.path("metadata").isObject();
    if (!fits) {
      throw failed("it returned an object that is not a " + apiVersion + " of the same kind");
    }
    ObjectNode object = (ObjectNode) after;
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    JsonNode own = before.path("metadata");
    if (!metadata.path("name").equals(own.path("name"))
        || !metadata.path("uid").equals(own.path("uid"))) {
      throw failed("it returned an object of another identity");
    }
    object.set("metadata", merged(own, metadata));
    return object;
  }

  /** The old metadata, in its order, with the new labels and annotations. */
  private static ObjectNode merged(JsonNode own, ObjectNode converted) {
    ObjectNode merged = Json.object();
    own.forEachEntry((field, value) -> {
      if (!OPEN.contains(field)) {
        merged.set(field, value);
      }
    });
    for (String field : OPEN) {
      if (converted.path(field).isObject()) {
        merged.set(field, converted.get(field));
      }
    }
    return merged;
  }

  private RuntimeException failed(String why) {
    return Status.of(
            Reason.INTERNAL_ERROR,
            "conversion webhook for " + definition.key().name() + " failed: " + why)
        .asException();
  }
}
