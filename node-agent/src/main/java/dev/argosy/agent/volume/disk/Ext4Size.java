package dev.argosy.agent.volume.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * How many bytes an ext4 file system spans, by its superblock.
 *
 * @see <a href="https://docs.kernel.org/filesystems/ext4/super.html">The super block</a>
 */
final class Ext4Size {

  private static final int SUPERBLOCK = 1024;
  private static final int BLOCKS_LOW = 0x4;
  private static final int BLOCK_SIZE = 0x18;
  private static final int MAGIC = 0x38;
  private static final int BLOCKS_HIGH = 0x150;
  private static final short EXT4 = (short) 0xEF53;

  private Ext4Size() {}

  static long of(Path file) throws IOException {
    byte[] bytes = new byte[SUPERBLOCK];
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
      opened.seek(SUPERBLOCK);
      opened.readFully(bytes);
    }
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (block.getShort(MAGIC) != EXT4) {
      throw new IOException(file + " holds no ext4 file system");
    }
    long blocks =
        Integer.toUnsignedLong(block.getInt(BLOCKS_LOW))
            | Integer.toUnsignedLong(block.getInt(BLOCKS_HIGH)) << 32;
    return blocks << (10 + block.getInt(BLOCK_SIZE));
  }
}
