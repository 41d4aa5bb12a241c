package dev.argosy.agent.fault;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The machine's files, with a fault point before each change of one. */
final class MortalFiles extends FileSystemProvider {

  private final FaultPoint point;
  private final FileSystem real;
  private final FileSystemProvider provider;
  private final Files files = new Files();

  MortalFiles(FileSystem real, FaultPoint point) {
    this.real = real;
    this.provider = real.provider();
    this.point = point;
  }

  /** A path whose changes, and those of paths made from it, are counted. */
  static Path of(Path real, FaultPoint point) {
    return new MortalFiles(real.getFileSystem(), point).wrap(real);
  }

  /** Tells a path of these from others. */
  interface Wrapped {
    Path real();
  }

  Path wrap(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Path.class, Wrapped.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "real" -> {
                  return path;
                }
                case "getFileSystem" -> {
                  return files;
                }
                case "iterator" -> {
                  return wrapped(path.iterator());
                }
                default -> {
                  Object[] own = arguments == null ? new Object[0] : arguments.clone();
                  for (int i = 0; i < own.length; i++) {
                    own[i] = own[i] instanceof Wrapped one ? one.real() : own[i];
                  }
                  try {
                    Object answer = method.invoke(path, own);
                    return answer instanceof Path one ? wrap(one) : answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }
              }
            });
  }

  private Iterator<Path> wrapped(Iterator<Path> paths) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return paths.hasNext();
      }

      @Override
      public Path next() {
        return wrap(paths.next());
      }
    };
  }

  private static Path bare(Path path) {
    return path instanceof Wrapped wrapped ? wrapped.real() : path;
  }

  private void writes(Set<? extends OpenOption> options) {
    if (options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND)) {
      point.pass();
    }
  }

  @Override
  public String getScheme() {
    return "mortal";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  /** Between its being made and its being written a file is empty. */
  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    writes(options);
    SeekableByteChannel channel = provider.newByteChannel(bare(path), options, attributes);
    writes(options);
    return channel;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    writes(options);
    return provider.newFileChannel(bare(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> all = provider.newDirectoryStream(bare(folder), filter);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return wrapped(all.iterator());
      }

      @Override
      public void close() throws IOException {
        all.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    point.pass();
    provider.createDirectory(bare(folder), attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    point.pass();
    provider.createSymbolicLink(bare(link), bare(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    point.pass();
    provider.createLink(bare(link), bare(existing));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return wrap(provider.readSymbolicLink(bare(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    point.pass();
    provider.delete(bare(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    point.pass();
    provider.copy(bare(source), bare(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    point.pass();
    provider.move(bare(source), bare(target), options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return provider.isSameFile(bare(one), bare(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return provider.isHidden(bare(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return provider.getFileStore(bare(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    provider.checkAccess(bare(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return provider.getFileAttributeView(bare(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return provider.readAttributes(bare(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return provider.readAttributes(bare(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    point.pass();
    provider.setAttribute(bare(path), attribute, value, options);
  }

  /** A file system of the machine's own, as its paths name it. */
  private final class Files extends FileSystem {
    @Override
    public FileSystemProvider provider() {
      return MortalFiles.this;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntax) {
      return real.getPathMatcher(syntax);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return real.newWatchService();
    }
  }
}
