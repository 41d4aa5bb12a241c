package dev.argosy.model.managed;

import static dev.argosy.model.managed.Trees.CONFIG_MAP;
import static dev.argosy.model.managed.Trees.DEPLOYMENT;
import static dev.argosy.model.managed.Trees.POD;
import static dev.argosy.model.managed.Trees.SERVICE;
import static dev.argosy.model.managed.Trees.applied;
import static dev.argosy.model.managed.Trees.bare;
import static dev.argosy.model.managed.Trees.created;
import static dev.argosy.model.managed.Trees.fields;
import static dev.argosy.model.managed.Trees.json;
import static dev.argosy.model.managed.Trees.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ApplicationTest {

  private static final String HEAD = "'apiVersion':'v1','kind':'ConfigMap',";

  private static String map(String metadata, String data) {
    return "{" + HEAD + "'metadata':{'name':'m'" + metadata + "},'data':{" + data + "}}";
  }

  private static Status refusal(ThrowingCallable call) {
    Status[] status = new Status[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StatusException.class, e -> status[0] = e.status());
    return status[0];
  }

  @Test
  void theApplierOwnsWhatItNames() {
    ObjectNode made = applied(CONFIG_MAP, "a", null, map(",'labels':{'l':'1'}", "'x':'1'"), false);
    assertThat(bare(made)).isEqualTo(json(map(",'labels':{'l':'1'}", "'x':'1'")));
    assertThat(fields(made, "a", "Apply"))
        .isEqualTo("{'f:data':{'f:x':{}},'f:metadata':{'f:labels':{'f:l':{}}}}");
  }

  @Test
  void whatItNamesNoMoreIsRemovedUnlessAnotherOwnsIt() {
    ObjectNode made = applied(CONFIG_MAP, "a", null, map("", "'x':'1','y':'2'"), false);
    ObjectNode shared = applied(CONFIG_MAP, "b", made, map("", "'y':'2','z':'3'"), false);
    ObjectNode less = applied(CONFIG_MAP, "a", shared, map("", "'x':'1'"), false);
    assertThat(bare(less)).isEqualTo(json(map("", "'x':'1','y':'2','z':'3'")));
    assertThat(fields(less, "a", "Apply")).isEqualTo("{'f:data':{'f:x':{}}}");
    ObjectNode last = applied(CONFIG_MAP, "b", less, map("", "'z':'3'"), false);
    assertThat(bare(last)).isEqualTo(json(map("", "'x':'1','z':'3'")));
  }

  @Test
  void oneConflict() {
    ObjectNode made = created(CONFIG_MAP, "kubectl-edit", map("", "'x':'1'"));
    Status status = refusal(() -> applied(CONFIG_MAP, "a", made, map("", "'x':'2'"), false));
    assertThat(status.code()).isEqualTo(409);
    assertThat(status.reason().text()).isEqualTo("Conflict");
    assertThat(status.message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"kubectl-edit\" using v1: .data.x");
    assertThat(status.causes())
        .containsExactly(
            new Cause(
                "FieldManagerConflict", "conflict with \"kubectl-edit\" using v1", ".data.x"));
  }

  @Test
  void severalConflicts() {
    ObjectNode made = applied(CONFIG_MAP, "b", null, map("", "'x':'1'"), false);
    ObjectNode more = updated(CONFIG_MAP, "c", made, map("", "'x':'1','y':'1','z':'1'"));
    Status status =
        refusal(() -> applied(CONFIG_MAP, "a", more, map("", "'x':'2','y':'2','z':'2'"), false));
    assertThat(status.message())
        .isEqualTo(
            "Apply failed with 3 conflicts: conflicts with \"b\":\n"
                + "- .data.x\n"
                + "conflicts with \"c\" using v1:\n"
                + "- .data.y\n"
                + "- .data.z");
  }

  @Test
  void theSameValueIsNoConflictButSharedOwnership() {
    ObjectNode made = applied(CONFIG_MAP, "b", null, map("", "'x':'1'"), false);
    ObjectNode shared = applied(CONFIG_MAP, "a", made, map("", "'x':'1'"), false);
    assertThat(fields(shared, "a", "Apply")).isEqualTo("{'f:data':{'f:x':{}}}");
    assertThat(fields(shared, "b", "Apply")).isEqualTo("{'f:data':{'f:x':{}}}");
  }

  @Test
  void forceTakesTheFieldFromItsOwner() {
    ObjectNode made = applied(CONFIG_MAP, "b", null, map("", "'x':'1','y':'1'"), false);
    ObjectNode forced = applied(CONFIG_MAP, "a", made, map("", "'x':'2'"), true);
    assertThat(bare(forced)).isEqualTo(json(map("", "'x':'2','y':'1'")));
    assertThat(fields(forced, "b", "Apply")).isEqualTo("{'f:data':{'f:y':{}}}");
  }

  @Test
  void whoGivesAFieldUpLetsOthersSetIt() {
    ObjectNode made = applied(CONFIG_MAP, "a", null, map("", "'x':'1','y':'1'"), false);
    ObjectNode edited = updated(CONFIG_MAP, "e", made, map("", "'x':'9','y':'1'"));
    ObjectNode given = applied(CONFIG_MAP, "a", edited, map("", "'y':'1'"), false);
    assertThat(bare(given)).isEqualTo(json(map("", "'x':'9','y':'1'")));
  }

  @Test
  void applyingTheSameAgainChangesNothing() {
    ObjectNode made = applied(CONFIG_MAP, "a", null, map("", "'x':'1'"), false);
    ObjectNode other = updated(CONFIG_MAP, "o", made, map("", "'x':'1','o':'1'"));
    assertThat(applied(CONFIG_MAP, "a", other, map("", "'x':'1'"), false)).isEqualTo(other);
  }

  @Test
  void anObjectFromBeforeTheFirstApplyIsOwnedByThat() {
    ObjectNode old = json(map("", "'x':'1','y':'1'"));
    Status status = refusal(() -> applied(CONFIG_MAP, "a", old, map("", "'x':'2'"), false));
    assertThat(status.message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.x");
    ObjectNode first = applied(CONFIG_MAP, "a", old, map("", "'x':'1'"), false);
    assertThat(fields(first, "before-first-apply", "Update"))
        .isEqualTo("{'f:data':{'.':{},'f:x':{},'f:y':{}}}");
  }

  @Test
  void kubectlTakesOverWhatItAppliedOnTheClient() {
    String annotation =
        ",'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{\\'apiVersion\\':"
            + "\\'v1\\',\\'kind\\':\\'ConfigMap\\',\\'metadata\\':{\\'name\\':\\'m\\'},"
            + "\\'data\\':{\\'x\\':\\'1\\'}}'}";
    String stored = map(annotation, "'x':'1','y':'1'");
    ObjectNode made = created(CONFIG_MAP, "kubectl-client-side-apply", stored);
    ObjectNode taken = applied(CONFIG_MAP, "kubectl", made, map("", "'x':'2'"), false);
    assertThat(taken.path("data").path("x").asString()).isEqualTo("2");
    assertThat(
            taken
                .path("metadata")
                .path("annotations")
                .path("kubectl.kubernetes.io/last-applied-configuration")
                .asString())
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"},"
                + "\"data\":{\"x\":\"2\"}}\n");
    Status status = refusal(() -> applied(CONFIG_MAP, "kubectl", made, map("", "'y':'2'"), false));
    assertThat(status.message()).endsWith(": .data.y");
    assertThat(refusal(() -> applied(CONFIG_MAP, "helm", made, map("", "'x':'2'"), false)).code())
        .isEqualTo(409);
  }

  @Test
  void associativeListsAreMergedByKeyInTheAppliedOrder() {
    ObjectNode live =
        created(POD, "o", pod("{'name':'a','image':'1'},{'name':'s'},{'name':'b','image':'1'}"));
    ObjectNode merged =
        applied(POD, "a", live, pod("{'name':'b','tty':true},{'name':'c'},{'name':'a'}"), false);
    assertThat(merged.path("spec"))
        .isEqualTo(
            json(pod(
                    "{'name':'s'},{'name':'b','image':'1','tty':true},{'name':'c'},"
                        + "{'name':'a','image':'1'}"))
                .path("spec"));
    assertThat(fields(merged, "a", "Apply"))
        .isEqualTo(
            "{'f:spec':{'f:containers':{'k:{\\'name\\':\\'a\\'}':{'.':{},'f:name':{}},"
                + "'k:{\\'name\\':\\'b\\'}':{'.':{},'f:name':{},'f:tty':{}},"
                + "'k:{\\'name\\':\\'c\\'}':{'.':{},'f:name':{}}}}}");
  }

  private static String pod(String containers) {
    return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'containers':["
        + containers
        + "]}}";
  }

  @Test
  void anElementGoesWithWhatWasDefaultedInIt() {
    ObjectNode live =
        applied(POD, "a", null, pod("{'name':'a','image':'1'},{'name':'s','image':'1'}"), false);
    for (var container : live.path("spec").path("containers")) {
      ((ObjectNode) container).put("imagePullPolicy", "Always");
    }
    ObjectNode less = applied(POD, "a", live, pod("{'name':'a','image':'1'}"), false);
    assertThat(less.path("spec").path("containers").toString())
        .isEqualTo("[{\"name\":\"a\",\"image\":\"1\",\"imagePullPolicy\":\"Always\"}]");
  }

  @Test
  void keysHaveDefaults() {
    String service =
        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':[{'port':80%s}]}}";
    ObjectNode live = created(SERVICE, "o", service.formatted(",'protocol':'TCP','targetPort':1"));
    ObjectNode merged = applied(SERVICE, "a", live, service.formatted(",'name':'http'"), false);
    assertThat(merged.path("spec").path("ports")).hasSize(1);
    assertThat(fields(merged, "a", "Apply"))
        .isEqualTo(
            "{'f:spec':{'f:ports':{'k:{\\'port\\':80,\\'protocol\\':\\'TCP\\'}':"
                + "{'.':{},'f:name':{},'f:port':{}}}}}");
  }

  @Test
  void setsAreMergedValueByValue() {
    String finalizers = ",'finalizers':[%s]";
    ObjectNode made =
        applied(CONFIG_MAP, "a", null, map(finalizers.formatted("'a/1','a/2'"), ""), false);
    ObjectNode more = applied(CONFIG_MAP, "b", made, map(finalizers.formatted("'b/1'"), ""), false);
    assertThat(more.path("metadata").path("finalizers").toString())
        .isEqualTo("[\"a/1\",\"a/2\",\"b/1\"]");
    ObjectNode less = applied(CONFIG_MAP, "a", more, map(finalizers.formatted("'a/2'"), ""), false);
    assertThat(less.path("metadata").path("finalizers").toString()).isEqualTo("[\"a/2\",\"b/1\"]");
    assertThat(fields(less, "a", "Apply"))
        .isEqualTo("{'f:data':{},'f:metadata':{'f:finalizers':{'v:\\'a/2\\'':{}}}}");
  }

  @Test
  void atomicValuesAreReplacedAsAWhole() {
    String selector =
        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'selector':{%s}}}";
    ObjectNode made = applied(SERVICE, "a", null, selector.formatted("'a':'1'"), false);
    Status status =
        refusal(() -> applied(SERVICE, "b", made, selector.formatted("'b':'1'"), false));
    assertThat(status.causes()).extracting(Cause::field).containsExactly(".spec.selector");
    ObjectNode forced = applied(SERVICE, "b", made, selector.formatted("'b':'1'"), true);
    assertThat(forced.path("spec").path("selector").toString()).isEqualTo("{\"b\":\"1\"}");
    assertThat(fields(forced, "a", "Apply")).isEmpty();
  }

  @Test
  void configurationsThatAreNoneAreRefused() {
    assertThat(
            refusal(() -> applied(CONFIG_MAP, "a", null, map(",'managedFields':[{}]", ""), false))
                .message())
        .isEqualTo("metadata.managedFields must be nil");
    assertThat(refusal(() -> applied(CONFIG_MAP, "a", null, map(",'nope':1", ""), false)).message())
        .isEqualTo(
            "failed to create typed patch object (m; v1, Kind=ConfigMap): .metadata.nope: field not"
                + " declared in schema");
    assertThat(refusal(() -> applied(POD, "a", null, pod("{'image':'i'}"), false)).message())
        .endsWith(
            ".spec.containers: element 0: associative list with keys has an element that omits key"
                + " field \"name\" (and doesn't have default value)");
    assertThat(
            refusal(() -> applied(POD, "a", null, pod("{'name':'a'},{'name':'a'}"), false))
                .message())
        .endsWith(".spec.containers: duplicate entries for key [name=\"a\"]");
    assertThat(
            refusal(() -> applied(POD, "a", null, pod("{'name':'a','x':1,'y':2}"), false))
                .message())
        .endsWith(
            ": errors:\n"
                + "  .spec.containers[name=\"a\"].x: field not declared in schema\n"
                + "  .spec.containers[name=\"a\"].y: field not declared in schema");
  }

  @Test
  void treesWithoutASchemaAreGranularWithAtomicLists() {
    ObjectNode made =
        new Application(
                TypeShape.DEDUCED,
                new Writer("a", "x/v1", ""),
                json(
                    "{'apiVersion':'x/v1','kind':'X','metadata':{'name':'x'},"
                        + "'spec':{'list':[{'name':'a'}],'map':{'a':{'b':1}}}}"),
                false,
                Trees.NOON)
            .onto(null, Trees.OPEN);
    assertThat(fields(made, "a", "Apply"))
        .isEqualTo("{'f:spec':{'.':{},'f:list':{},'f:map':{'.':{},'f:a':{'.':{},'f:b':{}}}}}");
  }

  @Test
  void aDeploymentAppliedTwiceByTwoKeepsBothIntentions() {
    String head = "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{";
    ObjectNode made =
        applied(
            DEPLOYMENT,
            "a",
            null,
            head + "'replicas':3,'template':{'spec':{'containers':[{'name':'c','image':'1'}]}}}}",
            false);
    ObjectNode scaled = applied(DEPLOYMENT, "hpa", made, head + "'replicas':5}}", true);
    ObjectNode again =
        applied(
            DEPLOYMENT,
            "a",
            scaled,
            head + "'template':{'spec':{'containers':[{'name':'c','image':'2'}]}}}}",
            false);
    assertThat(again.path("spec").path("replicas").asInt()).isEqualTo(5);
    assertThat(again.path("spec").path("template").toString()).contains("\"image\":\"2\"");
  }
}
