package dev.argosy.server.registry;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.audit.AuditNotes;
import dev.argosy.server.request.WriteQuery;

/**
 * One write, past authorization: who does what to which object, and how.
 *
 * @param namespace empty for cluster-scoped resources
 * @param name empty if it is still to be found in the body
 * @param subresource empty for the object itself
 * @param warnings collects what the client is told in {@code Warning} headers
 * @param notes collects what the audit is told
 */
public record Write(
    UserInfo user,
    KindSchema kind,
    String cluster,
    String namespace,
    String name,
    String subresource,
    WriteQuery options,
    Warnings warnings,
    AuditNotes notes) {

  GroupResource resource() {
    return kind.type().groupResource();
  }

  ObjectKey key() {
    return new ObjectKey(kind.storage(), cluster, namespace, name);
  }

  /** The same write of another object. */
  public Write named(String other) {
    return new Write(user, kind, cluster, namespace, other, subresource, options, warnings, notes);
  }

  /** The same write, done in another way. */
  public Write with(WriteQuery other) {
    return new Write(user, kind, cluster, namespace, name, subresource, other, warnings, notes);
  }

  AdmissionRequest.Target target() {
    return new AdmissionRequest.Target(
        kind.type(), cluster, namespace, name, subresource, options.dryRun());
  }

  Subject subject() {
    return new Subject(user, cluster, namespace, name, options.dryRun());
  }
}
