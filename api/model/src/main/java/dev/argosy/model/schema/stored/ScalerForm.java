package dev.argosy.model.schema.stored;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.Pruner;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.field.WrongTypeException;
import dev.argosy.model.schema.stored.ScalerMetrics.Direction;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Horizontal pod autoscalers of {@code autoscaling/v1}, kept as {@code v2}. The old version knows
 * one metric, the CPU; all that it has no fields for stands in annotations as JSON.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#api-object">
 *     Horizontal Pod Autoscaling, API object</a>
 */
final class ScalerForm implements StoredForm {

  private static final String NEWER = "autoscaling/v2";
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
  private static final String METRICS = PREFIX + "metrics";
  private static final String CURRENT = PREFIX + "current-metrics";
  private static final String CONDITIONS = PREFIX + "conditions";
  private static final String BEHAVIOR = PREFIX + "behavior";
  private static final List<String> CARRIERS = List.of(METRICS, CURRENT, CONDITIONS, BEHAVIOR);
  private static final String TARGET = "targetCPUUtilizationPercentage";
  private static final String UTILIZATION = "currentCPUUtilizationPercentage";

  private final Types types;

  /** The types of what annotations carry, in the newer version. */
  private record Types(
      StructType metric, StructType status, StructType condition, StructType behavior) {}

  ScalerForm(FieldTable fields) {
    types =
        new Types(
            fields.get(NEWER, "MetricSpec"),
            fields.get(NEWER, "MetricStatus"),
            fields.get(NEWER, "HorizontalPodAutoscalerCondition"),
            fields.get(NEWER, "HorizontalPodAutoscalerBehavior"));
  }

  @Override
  public GroupResource storage() {
    return new GroupResource("autoscaling", "horizontalpodautoscalers");
  }

  @Override
  public ObjectNode common(ObjectNode object) {
    return toStored(object);
  }

  @Override
  public ObjectNode toStored(ObjectNode object) {
    ObjectNode stored = object.deepCopy();
    stored.put("apiVersion", NEWER);
    JsonNode annotations = stored.path("metadata").path("annotations");
    if (stored.get("spec") instanceof ObjectNode spec) {
      metricsToStored(spec, metrics(annotations.path(METRICS)));
      if (parsed(annotations.path(BEHAVIOR)) instanceof ObjectNode carried) {
        ObjectNode behavior = BehaviorText.withLowerNames(carried);
        if (fits(types.behavior(), behavior) && !behavior.isEmpty()) {
          spec.set("behavior", behavior);
        }
      }
    }
    statusToStored(
        stored, measured(annotations.path(CURRENT)), conditions(annotations.path(CONDITIONS)));
    dropCarriers(stored);
    return stored;
  }

  private ArrayNode metrics(JsonNode annotation) {
    return carried(annotation, m -> ScalerMetrics.spec(m, Direction.TO_NEWER), types.metric());
  }

  private ArrayNode measured(JsonNode annotation) {
    return carried(annotation, m -> ScalerMetrics.status(m, Direction.TO_NEWER), types.status());
  }

  private ArrayNode conditions(JsonNode annotation) {
    return carried(annotation, c -> c, types.condition());
  }

  /** The list in an annotation; empty if anything in it is not what it should be. */
  private static ArrayNode carried(
      JsonNode annotation, UnaryOperator<ObjectNode> form, StructType type) {
    ArrayNode list = Json.mapper().createArrayNode();
    for (JsonNode element : parsed(annotation)) {
      if (!(element instanceof ObjectNode object)) {
        return list.removeAll();
      }
      ObjectNode converted = form.apply(object);
      if (!fits(type, converted)) {
        return list.removeAll();
      }
      list.add(converted);
    }
    return list;
  }

  /** Whether it has the right types; unknown members are removed. */
  private static boolean fits(StructType type, ObjectNode object) {
    try {
      Pruner.prune(type, object);
      return true;
    } catch (WrongTypeException e) {
      return false;
    }
  }

  private static void metricsToStored(ObjectNode spec, ArrayNode metrics) {
    JsonNode target = spec.remove(TARGET);
    if (target != null) {
      ObjectNode metric = metrics.addObject().put("type", "Resource");
      ObjectNode cpu = metric.putObject("resource").put("name", "cpu");
      cpu.putObject("target").put("type", "Utilization").set("averageUtilization", target);
    }
    if (!metrics.isEmpty()) {
      spec.set("metrics", metrics);
    }
  }

  private static void statusToStored(ObjectNode stored, ArrayNode metrics, ArrayNode conditions) {
    ObjectNode status = stored.get("status") instanceof ObjectNode found ? found : null;
    if (status == null) {
      if (metrics.isEmpty() && conditions.isEmpty()) {
        return;
      }
      status = stored.putObject("status");
    }
    JsonNode utilization = status.remove(UTILIZATION);
    if (metrics.isEmpty() && utilization != null) {
      ObjectNode cpu = metrics.addObject().put("type", "Resource").putObject("resource");
      cpu.put("name", "cpu").putObject("current").set("averageUtilization", utilization);
    }
    if (!metrics.isEmpty()) {
      status.set("currentMetrics", metrics);
    }
    if (!conditions.isEmpty()) {
      status.set("conditions", conditions);
    }
  }

  @Override
  public ObjectNode fromStored(ObjectNode stored) {
    ObjectNode object = stored.deepCopy();
    object.put("apiVersion", "autoscaling/v1");
    dropCarriers(object);
    ObjectNode carried = Json.object();
    if (object.get("spec") instanceof ObjectNode spec) {
      specFromStored(spec, carried);
    }
    if (object.get("status") instanceof ObjectNode status) {
      statusFromStored(status, carried);
    }
    if (!carried.isEmpty()) {
      ObjectNode metadata = child(object, "metadata");
      child(metadata, "annotations").setAll(carried);
    }
    return object;
  }

  private static void specFromStored(ObjectNode spec, ObjectNode carried) {
    JsonNode metrics = spec.remove("metrics");
    ArrayNode others = Json.mapper().createArrayNode();
    if (metrics != null) {
      for (JsonNode metric : metrics) {
        JsonNode target = metric.path("resource").path("target").path("averageUtilization");
        if (isCpu(metric) && target.isNumber()) {
          spec.putIfAbsent(TARGET, target);
        } else {
          others.add(ScalerMetrics.spec(metric, Direction.TO_OLDER));
        }
      }
    }
    carry(carried, METRICS, others);
    if (spec.remove("behavior") instanceof ObjectNode behavior) {
      carried.put(BEHAVIOR, BehaviorText.withUpperNames(behavior).toString());
    }
  }

  private static void statusFromStored(ObjectNode status, ObjectNode carried) {
    JsonNode current = status.remove("currentMetrics");
    ArrayNode metrics = Json.mapper().createArrayNode();
    if (current != null) {
      for (JsonNode metric : current) {
        JsonNode used = metric.path("resource").path("current").path("averageUtilization");
        if (isCpu(metric) && used.isNumber()) {
          status.set(UTILIZATION, used);
        }
        metrics.add(ScalerMetrics.status(metric, Direction.TO_OLDER));
      }
    }
    carry(carried, CURRENT, metrics);
    if (status.remove("conditions") instanceof ArrayNode conditions) {
      carry(carried, CONDITIONS, conditions);
    }
  }

  private static boolean isCpu(JsonNode metric) {
    return metric.path("type").asString("").equals("Resource")
        && metric.path("resource").path("name").asString("").equals("cpu");
  }

  private static void carry(ObjectNode carried, String annotation, ArrayNode list) {
    if (!list.isEmpty()) {
      carried.put(annotation, list.toString());
    }
  }

  /** What an annotation holds; missing if it is missing or no JSON, which is passed over. */
  private static JsonNode parsed(JsonNode annotation) {
    if (annotation.isString()) {
      try {
        return Json.mapper().readTree(annotation.stringValue());
      } catch (JacksonException e) {
        return annotation.path("");
      }
    }
    return annotation;
  }

  private static void dropCarriers(ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata
        && metadata.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(CARRIERS);
      if (annotations.isEmpty()) {
        metadata.remove("annotations");
      }
    }
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode found ? found : parent.putObject(name);
  }
}
