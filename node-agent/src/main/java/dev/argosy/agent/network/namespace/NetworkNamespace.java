package dev.argosy.agent.network.namespace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Moves a thread into another network namespace ({@code setns(2)}); needs CAP_SYS_ADMIN. */
public final class NetworkNamespace {

  private static final int CLONE_NEWNET = 0x40000000;
  private static final int O_RDONLY_CLOEXEC = 0x80000;

  private final MethodHandle open;
  private final MethodHandle setns;
  private final MethodHandle close;

  public NetworkNamespace() {
    Linker linker = Linker.nativeLinker();
    this.open =
        function(
            linker,
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    this.setns =
        function(
            linker,
            "setns",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    this.close =
        function(
            linker, "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  private static MethodHandle function(
      Linker linker, String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment address = linker.defaultLookup().find(name).orElseThrow();
    return linker.downcallHandle(address, type, options);
  }

  /** The calling platform thread is in the namespace from now on. */
  public void enter(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) open.invokeExact(arena.allocateFrom(path), O_RDONLY_CLOEXEC);
      if (descriptor < 0) {
        throw new IOException("there is no network namespace " + path);
      }
      int result = (int) setns.invokeExact(descriptor, CLONE_NEWNET);
      int closed = (int) close.invokeExact(descriptor);
      if (result != 0 || closed != 0) {
        throw new IOException("the agent may not enter the pod's network namespace");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
