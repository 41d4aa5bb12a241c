package dev.argosy.controllers;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a leader that does not live long: after so many of its writes have landed, and
 * before it hears of the last, its hour has come. Then it either does no more, as a process that is
 * gone, or goes on as one that has not noticed yet that another leads.
 */
final class MortalClients implements ApiClients {

  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "post");

  private final ApiClients clients;
  private final AtomicInteger left;
  private final boolean dies;
  private final CountDownLatch struck;

  MortalClients(ApiClients clients, int writes, boolean dies) {
    this(clients, new AtomicInteger(writes), dies, new CountDownLatch(1));
  }

  private MortalClients(
      ApiClients clients, AtomicInteger left, boolean dies, CountDownLatch struck) {
    this.clients = clients;
    this.left = left;
    this.dies = dies;
    this.struck = struck;
  }

  /** Whether its hour has come. */
  boolean struck() {
    return struck.getCount() == 0;
  }

  @Override
  public ApiClients behind(Fence fence) {
    return new MortalClients(clients.behind(fence), left, dies, struck);
  }

  @Override
  public ApiClient as(UserInfo user) {
    ApiClient client = clients.as(user);
    return (ApiClient)
        Proxy.newProxyInstance(
            ApiClient.class.getClassLoader(),
            new Class<?>[] {ApiClient.class},
            (proxy, method, arguments) -> call(client, method, arguments));
  }

  private @Nullable Object call(ApiClient client, Method method, Object[] arguments)
      throws Throwable {
    rest();
    try {
      Object answer = method.invoke(client, arguments);
      if (WRITES.contains(method.getName())
          && !event(arguments[0])
          && left.decrementAndGet() == 0) {
        struck.countDown();
      }
      rest();
      return answer;
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private static boolean event(Object target) {
    GroupResource resource =
        switch (target) {
          case ObjectKey key -> key.resource();
          case ResourceScope scope -> scope.resource();
          default -> Kinds.EVENTS;
        };
    return resource.equals(Kinds.EVENTS);
  }

  /** Who is dead waits for ever, or until the thread is cleared away. */
  private void rest() {
    if (dies && struck()) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("dead", e);
      }
    }
  }
}
