package dev.argosy.agent.service;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the archive of the agent's classes names. */
public final class AgentVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "argosy-agent "
          + Optional.ofNullable(AgentVersion.class.getPackage().getImplementationVersion())
              .orElse("of a build without a version")
          + ", Java "
          + Runtime.version()
    };
  }
}
