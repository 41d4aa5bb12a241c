package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plain pods while a node, a pod that fits nowhere and a service come and go five times a second.
 */
record Churn() implements Workload {

  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final long PAUSE = 100;

  @Override
  public String name() {
    return "churn";
  }

  @Override
  public double aim() {
    return 7_100;
  }

  @Override
  public ObjectNode pod(String name, int number) {
    return Objects.pod(name, "\"app\":\"web\"", Objects.SMALL, "");
  }

  @Override
  public AutoCloseable disturb(Plane plane) {
    CountDownLatch over = new CountDownLatch(1);
    Thread thread = Thread.ofVirtual().name("churn").start(() -> run(plane.client(), over));
    return () -> {
      over.countDown();
      thread.join();
    };
  }

  private static void run(ApiClient client, CountDownLatch over) {
    try {
      for (int n = 0; !over.await(PAUSE, TimeUnit.MILLISECONDS); n++) {
        String name = "churn-" + n;
        ObjectNode large = Objects.pod(name, "", "\"cpu\":\"9\",\"memory\":\"1Gi\"", "");
        ObjectNode service = Objects.named("v1", "Service", name);
        service.putObject("spec").putArray("ports").addObject().put("port", 80);
        ResourceScope services = ResourceScope.namespace(SERVICES, Plane.TENANT, "default");
        ResourceScope nodes = ResourceScope.cluster(Plane.NODES, Plane.ROOT);
        ApiObject[] made = {
          client.create(nodes, Objects.node(name, "zone-0", 0)).orThrow(),
          client.create(Workloads.TENANT_PODS, large).orThrow(),
          client.create(services, service).orThrow()
        };
        over.await(PAUSE, TimeUnit.MILLISECONDS);
        for (ApiObject one : made) {
          client.delete(one.key(), DeleteOptions.now(one.meta().uid()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int misplaced(Placement placement) {
    return placement.count(pod -> pod.name().startsWith("churn-"));
  }
}
