package dev.argosy.agent.pressure;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * {@code statvfs(3)}; Java tells of no inodes. The places of the members are those of 64-bit Linux.
 */
final class SystemCall implements FileSystems {

  private static final int SIZE = 256;
  private static final int FRAGMENT = 8;
  private static final int BLOCKS = 16;
  private static final int AVAILABLE = 32;
  private static final int FILES = 40;
  private static final int FREE_FILES = 56;

  private final MethodHandle statvfs;

  SystemCall() {
    Linker linker = Linker.nativeLinker();
    this.statvfs =
        linker.downcallHandle(
            linker.defaultLookup().find("statvfs").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  }

  @Override
  public Space of(Path folder) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(SIZE, Long.BYTES);
      int result = (int) statvfs.invokeExact(arena.allocateFrom(folder.toString()), answer);
      if (result != 0) {
        throw new IOException("the file system of " + folder + " does not tell how full it is");
      }
      long unit = answer.get(ValueLayout.JAVA_LONG, FRAGMENT);
      return new Space(
          new Level(
              answer.get(ValueLayout.JAVA_LONG, AVAILABLE) * unit,
              answer.get(ValueLayout.JAVA_LONG, BLOCKS) * unit),
          new Level(
              answer.get(ValueLayout.JAVA_LONG, FREE_FILES),
              answer.get(ValueLayout.JAVA_LONG, FILES)));
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
