package dev.argosy.server.registry;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.NodeIdentity;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which writes may take up more room in etcd than their tenant has: those that end an object, and
 * those in which the platform says what became of one. A tenant that has used up its room must
 * still be able to make some, and be told the truth.
 */
final class Overdraft {

  /** What may come in with a finalizer that goes: the note of who took it. */
  private static final long NOTE = 1_024;

  private static final Set<String> TOLD = Set.of("status", "binding", "finalize");

  private Overdraft() {}

  static boolean due(Bill bill) {
    JsonNode object = bill.object();
    JsonNode old = bill.old();
    if (bill.room().due() || object == null) {
      return true;
    }
    if (old == null) {
      return false;
    }
    boolean released = finalizers(object) < finalizers(old) && bill.room().growth() <= NOTE;
    return released || TOLD.contains(bill.write().subresource()) && ofThePlatform(bill);
  }

  private static int finalizers(JsonNode object) {
    return object.path("metadata").path("finalizers").size();
  }

  /** Within a tenant's cluster anybody may be called anything; those are tied to it. */
  private static boolean ofThePlatform(Bill bill) {
    UserInfo user = bill.write().user();
    boolean untied = ClusterScope.of(user).map(ClusterDirectory.ROOT::equals).orElse(true);
    return untied && (user.inGroup(UserInfo.SYSTEM_MASTERS) || NodeIdentity.agent(user));
  }
}
