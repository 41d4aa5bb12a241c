package dev.argosy.agent.runtime.pause;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The waiting program: an ELF executable for Linux on x86-64 that ignores SIGCHLD, so that the
 * kernel buries orphans of a shared process namespace, and then calls pause(2) for ever.
 */
final class PauseProgram {

  private static final long BASE = 0x400000;
  private static final int HEADERS = 64 + 56;

  /** rt_sigaction(SIGCHLD, ignore, NULL, 8); for (;;) pause(); and the ignoring sigaction. */
  private static final int[] CODE = {
    0xb8, 13, 0, 0, 0, // mov eax, SYS_rt_sigaction
    0xbf, 17, 0, 0, 0, // mov edi, SIGCHLD
    0x48, 0x8d, 0x35, 0x17, 0, 0, 0, // lea rsi, [rip + 0x17]: the sigaction below
    0x31, 0xd2, // xor edx, edx
    0x41, 0xba, 8, 0, 0, 0, // mov r10d, 8
    0x0f, 0x05, // syscall
    0xb8, 34, 0, 0, 0, // mov eax, SYS_pause
    0x0f, 0x05, // syscall
    0xeb, 0xf7, // jmp to the mov before
    0, 0, 0, 0, // up to a multiple of 8
    1, 0, 0, 0, 0, 0, 0, 0, // handler SIG_IGN
    0, 0, 0, 0, 0, 0, 0, 0, // flags
    0, 0, 0, 0, 0, 0, 0, 0, // restorer
    0, 0, 0, 0, 0, 0, 0, 0, // mask
  };

  private PauseProgram() {}

  static byte[] elf64() {
    int size = HEADERS + CODE.length;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    elf.putShort((short) 2).putShort((short) 62).putInt(1); // executable, x86-64
    elf.putLong(BASE + HEADERS).putLong(64).putLong(0); // entry, program headers, no sections
    elf.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 1);
    elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    elf.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE); // one segment, read + execute
    elf.putLong(size).putLong(size).putLong(0x1000);
    for (int b : CODE) {
      elf.put((byte) b);
    }
    return elf.array();
  }
}
