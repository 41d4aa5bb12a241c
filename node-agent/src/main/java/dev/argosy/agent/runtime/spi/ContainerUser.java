package dev.argosy.agent.runtime.spi;

import java.util.List;

/**
 * Who a container's first process is when it begins; with enough rights it may become somebody
 * else.
 *
 * @param groups all further ones
 */
public record ContainerUser(long uid, long gid, List<Long> groups) {

  public ContainerUser {
    groups = List.copyOf(groups);
  }
}
