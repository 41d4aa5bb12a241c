package dev.argosy.server.encryption;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.SealProgress;
import dev.argosy.store.seal.SealStatus;
import dev.argosy.store.seal.Sealing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers as JSON, with line breaks for people. */
final class EncryptionReport {

  private static final int SHOWN = 100;

  private EncryptionReport() {}

  static ObjectNode status(SealStatus status) {
    ObjectNode report = Json.object();
    names(report.putArray("resources"), new TreeSet<>(status.resources()));
    report.put("keyEncryptionKey", status.keys().keyId());
    ObjectNode ill = report.putObject("keysInTrouble");
    status.keys().ill().forEach(ill::put);
    ObjectNode servers = report.putObject("servers");
    status.servers().forEach((server, keys) -> names(servers.putArray(server), keys));
    ObjectNode keys = report.putObject("dataKeysByKeyEncryptionKey");
    status.keys().wrapped().forEach(keys::put);
    report.put("tenantsWithDataKeys", status.keys().clusters());
    ObjectNode superseded = report.putObject("supersededDataKeys");
    status.keys().superseded().forEach(superseded::put);
    report.set("pass", progress(status.pass()));
    troubles(report.putObject("unreadable"), status.troubles());
    return report;
  }

  private static ObjectNode progress(SealProgress pass) {
    ObjectNode shown = Json.object();
    if (pass.begun() != null) {
      shown.put("begun", pass.begun().toString());
    }
    if (pass.ended() != null) {
      shown.put("ended", pass.ended().toString());
    }
    return shown
        .put("seen", pass.seen())
        .put("written", pass.written())
        .put("failed", pass.failed());
  }

  private static void troubles(ObjectNode shown, Map<ObjectKey, String> troubles) {
    shown.put("count", troubles.size());
    ObjectNode first = shown.putObject("first");
    troubles.entrySet().stream()
        .limit(SHOWN)
        .forEach(each -> first.put(each.getKey().toString(), each.getValue()));
  }

  static ObjectNode rotated(Set<String> tenants, Set<String> done) {
    ObjectNode report = Json.object();
    names(report.putArray("rotated"), done);
    Set<String> without = new TreeSet<>(tenants);
    without.removeAll(done);
    names(report.putArray("withoutKeys"), without);
    return report;
  }

  static ObjectNode retired(Sealing sealing, Set<String> tenants) {
    ObjectNode report = Json.object();
    ObjectNode retired = report.putObject("retired");
    ObjectNode used = report.putObject("stillInUse");
    for (String tenant : tenants) {
      Sealing.Retired came = sealing.retire(tenant);
      if (!came.retired().isEmpty()) {
        names(retired.putArray(tenant), new TreeSet<>(came.retired()));
      }
      if (!came.used().isEmpty()) {
        names(used.putArray(tenant), new TreeSet<>(came.used()));
      }
    }
    return report;
  }

  static byte[] bytes(ObjectNode report) {
    return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
  }

  private static void names(ArrayNode array, Collection<?> names) {
    for (Object name : List.copyOf(names)) {
      array.add(name.toString());
    }
  }
}
