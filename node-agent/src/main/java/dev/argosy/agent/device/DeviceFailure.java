package dev.argosy.agent.device;

/** Devices that a container cannot have now, in kubelet's words. */
public final class DeviceFailure extends Exception {

  private static final long serialVersionUID = 1L;

  public DeviceFailure(String message) {
    super(message);
  }
}
