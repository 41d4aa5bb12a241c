package dev.argosy.console.session;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import tools.jackson.databind.node.ObjectNode;

/** The resources that the console's views show. */
public final class Resources {

  public static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  public static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");
  public static final GroupResource EVENTS = new GroupResource("", "events");
  public static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  public static final GroupResource NODES = new GroupResource("", "nodes");
  public static final GroupResource PODS = new GroupResource("", "pods");
  public static final GroupResource RESOURCE_QUOTAS = new GroupResource("", "resourcequotas");

  /** The API group of tenants, and of what belongs to them. */
  public static final String TENANCY = "tenancy.argosy.dev";

  public static final GroupResource TENANTS = new GroupResource(TENANCY, "tenants");
  public static final GroupResource MEMBERS = new GroupResource(TENANCY, "members");
  public static final GroupResource INVITATIONS = new GroupResource(TENANCY, "invitations");
  public static final GroupResource SERVICE_CLIENTS = new GroupResource(TENANCY, "serviceclients");
  public static final GroupResource TENANT_QUOTAS = new GroupResource(TENANCY, "tenantquotas");
  public static final GroupResource BUDGETS = new GroupResource(TENANCY, "tenantbudgets");
  public static final GroupResource GRANTS = new GroupResource(TENANCY, "accessgrants");
  public static final GroupResource REQUESTS = new GroupResource(TENANCY, "tenantrequests");
  public static final GroupResource TEMPLATES = new GroupResource(TENANCY, "tenanttemplates");

  public static final GroupResource TOKENS = new GroupResource("access.argosy.dev", "accesstokens");

  public static final GroupResource AUDIT_RECORDS =
      new GroupResource("audit.argosy.dev", "auditrecords");

  /** The logical cluster of the platform's own kinds. */
  public static final String ROOT = "root";

  private Resources() {}

  /** One object of the platform's own kinds. */
  public static ObjectKey inRoot(GroupResource resource, String name) {
    return new ObjectKey(resource, ROOT, "", name);
  }

  /** All objects of one of the platform's own kinds. */
  public static ResourceScope inRoot(GroupResource resource) {
    return ResourceScope.cluster(resource, ROOT);
  }

  /** A new object of the platform's own kinds, yet without a name. */
  public static ObjectNode tenancy(String kind) {
    ObjectNode object = Json.object();
    object.put("apiVersion", TENANCY + "/v1").put("kind", kind);
    return object;
  }
}
