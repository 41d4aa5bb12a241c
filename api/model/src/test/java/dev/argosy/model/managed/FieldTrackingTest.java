package dev.argosy.model.managed;

import static dev.argosy.model.managed.Trees.CONFIG_MAP;
import static dev.argosy.model.managed.Trees.DEPLOYMENT;
import static dev.argosy.model.managed.Trees.POD;
import static dev.argosy.model.managed.Trees.created;
import static dev.argosy.model.managed.Trees.fields;
import static dev.argosy.model.managed.Trees.json;
import static dev.argosy.model.managed.Trees.updated;
import static dev.argosy.model.managed.Trees.writer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FieldTrackingTest {

  private static final String MAP =
      "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m','labels':{'a':'b'}},"
          + "'data':{'x':'1'}}";

  @Test
  void creatorsOwnWhatTheySayAndNotWhichObjectItIs() {
    ObjectNode made = created(CONFIG_MAP, "kubectl", MAP);
    JsonNode entry = made.path("metadata").path("managedFields").get(0);
    assertThat(entry.toString().replace('"', '\''))
        .isEqualTo(
            "{'manager':'kubectl','operation':'Update','apiVersion':'v1',"
                + "'time':'2026-01-01T12:00:00Z','fieldsType':'FieldsV1','fieldsV1':"
                + "{'f:data':{'.':{},'f:x':{}},'f:metadata':{'f:labels':{'.':{},'f:a':{}}}}}");
  }

  @Test
  void structsByValueAreNobodysAndListElementsAreNamedByTheirKeys() {
    ObjectNode made =
        created(
            DEPLOYMENT,
            "kubectl-create",
            "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{"
                + "'replicas':1,'selector':{'matchLabels':{'a':'b'}},"
                + "'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}},"
                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':["
                + "{'name':'c','image':'i','ports':[{'containerPort':80}]}]}}}}");
    assertThat(fields(made, "kubectl-create", "Update"))
        .isEqualTo(
            "{'f:spec':{'f:replicas':{},'f:selector':{},"
                + "'f:strategy':{'f:rollingUpdate':{'.':{},'f:maxSurge':{}},'f:type':{}},"
                + "'f:template':{'f:metadata':{'f:labels':{'.':{},'f:a':{}}},"
                + "'f:spec':{'f:containers':{'k:{\\'name\\':\\'c\\'}':{'.':{},'f:image':{},"
                + "'f:name':{},'f:ports':{'.':{},"
                + "'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}':"
                + "{'.':{},'f:containerPort':{}}}}}}}}}");
  }

  @Test
  void whoChangesAFieldTakesItFromItsOwner() {
    ObjectNode made = created(CONFIG_MAP, "one", MAP);
    ObjectNode changed =
        updated(
            CONFIG_MAP,
            "two",
            made,
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m','labels':{'a':'b'}},"
                + "'data':{'x':'2','y':'3'}}");
    assertThat(fields(changed, "one", "Update"))
        .isEqualTo("{'f:data':{},'f:metadata':{'f:labels':{'.':{},'f:a':{}}}}");
    assertThat(fields(changed, "two", "Update")).isEqualTo("{'f:data':{'f:x':{},'f:y':{}}}");
  }

  @Test
  void whatIsRemovedIsNobodys() {
    ObjectNode made = created(CONFIG_MAP, "one", MAP);
    ObjectNode changed =
        updated(
            CONFIG_MAP,
            "two",
            made,
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m'},'data':{'x':'1'}}");
    assertThat(fields(changed, "one", "Update")).isEqualTo("{'f:data':{'.':{},'f:x':{}}}");
    assertThat(fields(changed, "two", "Update")).isEmpty();
  }

  @Test
  void writingWhatIsThereOwnsNothing() {
    ObjectNode made = created(CONFIG_MAP, "one", MAP);
    assertThat(updated(CONFIG_MAP, "two", made, MAP)).isEqualTo(made);
  }

  @Test
  void anEmptyEntryClearsAllAndNothingIsTrackedAfterwards() {
    ObjectNode made = created(CONFIG_MAP, "one", MAP);
    ObjectNode cleared = json(MAP.replace("'name':'m'", "'name':'m','managedFields':[{}]"));
    FieldTracking.updated(CONFIG_MAP.shape(), writer(CONFIG_MAP, "one"), made, cleared, Trees.NOON);
    assertThat(cleared).isEqualTo(json(MAP));
    ObjectNode later = updated(CONFIG_MAP, "two", cleared, MAP.replace("'1'", "'2'"));
    assertThat(later.path("metadata").has("managedFields")).isFalse();
  }

  @Test
  void entriesCanBeWrittenUnlessThroughASubresource() {
    ObjectNode made = created(CONFIG_MAP, "one", MAP);
    String entries =
        "'managedFields':[{'manager':'new','operation':'Apply','apiVersion':'v1',"
            + "'fieldsType':'FieldsV1','fieldsV1':{'f:data':{'f:x':{}}}}]";
    ObjectNode said = json(MAP.replace("'name':'m'", "'name':'m'," + entries));
    ObjectNode ignored = said.deepCopy();
    FieldTracking.updated(CONFIG_MAP.shape(), writer(CONFIG_MAP, "one"), made, said, Trees.NOON);
    assertThat(fields(said, "new", "Apply")).isEqualTo("{'f:data':{'f:x':{}}}");
    assertThat(fields(said, "one", "Update")).isEmpty();
    Writer status = new Writer("one", "v1", "status");
    FieldTracking.updated(CONFIG_MAP.shape(), status, made, ignored, Trees.NOON);
    assertThat(ignored).isEqualTo(made);
  }

  @Test
  void subresourcesAreTrackedApart() {
    String pod =
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},"
            + "'spec':{'containers':[{'name':'c','image':'i'}]}";
    ObjectNode made = created(POD, "agent", pod + "}");
    ObjectNode running =
        json(
            pod + ",'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}");
    Writer status = new Writer("agent", "v1", "status");
    FieldTracking.updated(POD.shape(), status, made, running, Trees.NOON.plusSeconds(1));
    JsonNode entries = running.path("metadata").path("managedFields");
    assertThat(entries).hasSize(2);
    assertThat(entries.get(1).path("subresource").asString()).isEqualTo("status");
    assertThat(entries.get(1).path("fieldsV1").toString().replace('"', '\''))
        .isEqualTo(
            "{'f:status':{'f:conditions':{'.':{},'k:{\\'type\\':\\'Ready\\'}':"
                + "{'.':{},'f:status':{},'f:type':{}}},'f:phase':{}}}");
  }

  @Test
  void theOldestOfManyUpdatersBecomeAncientChanges() {
    ObjectNode live = created(CONFIG_MAP, "m0", MAP);
    for (int i = 1; i <= 14; i++) {
      ObjectNode next = live.deepCopy();
      ((ObjectNode) next.path("data")).put("k" + i, "v");
      FieldTracking.updated(
          CONFIG_MAP.shape(), writer(CONFIG_MAP, "m" + i), live, next, Trees.NOON.plusSeconds(i));
      live = next;
    }
    JsonNode entries = live.path("metadata").path("managedFields");
    assertThat(entries).hasSize(10);
    assertThat(entries.get(0).path("manager").asString()).isEqualTo("ancient-changes");
    assertThat(fields(live, "ancient-changes", "Update"))
        .contains("'f:k1':{}", "'f:k5':{}", "'f:x':{}")
        .doesNotContain("'f:k6'");
    assertThat(fields(live, "m6", "Update")).isEqualTo("{'f:data':{'f:k6':{}}}");
  }

  @Test
  void timesAloneMakeNoDifference() {
    ObjectNode a = created(CONFIG_MAP, "one", MAP);
    ObjectNode b = a.deepCopy();
    JsonNode entries = b.path("metadata").path("managedFields");
    ((ObjectNode) entries.get(0)).put("time", "2027-01-01T00:00:00Z");
    JsonNode before = a.path("metadata").path("managedFields");
    assertThat(FieldTracking.sameButTimes(before, entries)).isTrue();
    ((ObjectNode) entries.get(0)).put("manager", "two");
    assertThat(FieldTracking.sameButTimes(before, entries)).isFalse();
  }
}
