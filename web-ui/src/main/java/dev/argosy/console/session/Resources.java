package dev.argosy.console.session;

import dev.argosy.model.kind.GroupResource;

/** The resources that the console's views show. */
public final class Resources {

  public static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  public static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");
  public static final GroupResource EVENTS = new GroupResource("", "events");
  public static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  public static final GroupResource NODES = new GroupResource("", "nodes");
  public static final GroupResource PODS = new GroupResource("", "pods");
  public static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");

  /** The logical cluster of the platform's own kinds. */
  public static final String ROOT = "root";

  private Resources() {}
}
