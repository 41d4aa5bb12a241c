package dev.argosy.controllers;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.Fence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;

/**
 * Clients whose calls let others go first, as calls do that wait for a store. Without that, a
 * virtual thread that never waits keeps its processor, and the order of writes is the machine's.
 */
record AwayClients(ApiClients clients) implements ApiClients {

  @Override
  public ApiClient as(UserInfo user) {
    ApiClient client = clients.as(user);
    return (ApiClient)
        Proxy.newProxyInstance(
            ApiClient.class.getClassLoader(),
            new Class<?>[] {ApiClient.class},
            (proxy, method, arguments) -> {
              Thread.yield();
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            });
  }

  @Override
  public ApiClients behind(Fence fence) {
    return new AwayClients(clients.behind(fence));
  }
}
