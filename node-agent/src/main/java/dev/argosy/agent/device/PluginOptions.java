package dev.argosy.agent.device;

import dev.argosy.agent.grpc.Message;

/**
 * What a plug-in wants to be asked besides.
 *
 * @param preStart before each start of a container
 * @param preferred which of several devices to give
 */
record PluginOptions(boolean preStart, boolean preferred) {

  static final PluginOptions NONE = new PluginOptions(false, false);

  /** {@code DevicePluginOptions}. */
  static PluginOptions of(Message message) {
    return new PluginOptions(message.flag(1), message.flag(2));
  }
}
