package dev.argosy.e2e.matrix;

import dev.argosy.e2e.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work in both tenants at the same time, so that neither may disturb the other. */
public final class AtOnce {

  /** What one tenant does in a namespace of its own. */
  @FunctionalInterface
  public interface Work {
    void in(Tenant tenant, String namespace) throws Exception;
  }

  private AtOnce() {}

  /** Ends when both have ended; the first failure is thrown and names its tenant. */
  public static void inBothTenants(Work work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Tenant tenant : Tenant.both()) {
        running.add(threads.submit(() -> inNamespace(tenant, work)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static Void inNamespace(Tenant tenant, Work work) throws Exception {
    String namespace = tenant.newNamespace();
    try {
      work.in(tenant, namespace);
    } catch (Throwable failure) {
      throw new AssertionError("tenant " + tenant + ": " + failure.getMessage(), failure);
    } finally {
      tenant.removeNamespace(namespace);
    }
    return null;
  }
}
