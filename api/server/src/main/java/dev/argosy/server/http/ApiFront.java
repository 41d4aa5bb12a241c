package dev.argosy.server.http;

import dev.argosy.server.ApiServerConfig;
import dev.argosy.server.ApiServerConfig.Tls;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.WindowRateControl;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, speaks HTTP, and hands every request to the one servlet. */
public final class ApiFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApiFront.class);

  /** Requests and watches that one connection may have open; Go clients use one for everything. */
  private static final int MAX_STREAMS = 2_000;

  /** Cancelled watches are normal; Jetty takes more than a few of them a second for an attack. */
  private static final int MAX_EVENTS_PER_SECOND = 50_000;

  private static final int WRITE_BUFFER = 64 * 1024;
  private static final long STOP_MILLIS = 2_000;

  private final ApiServerConfig config;
  private final Server server;
  private final ServerConnector connector;
  private final ExecutorService virtualThreads;

  /** A front that is not listening yet. */
  public ApiFront(ApiServerConfig config, HttpServlet servlet) {
    this.config = config;
    this.virtualThreads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());
    QueuedThreadPool pool = new QueuedThreadPool(200, 8);
    pool.setName("api-front");
    pool.setVirtualThreadsExecutor(virtualThreads);
    this.server = new Server(pool);
    this.connector = new ServerConnector(server, 1, 2, factories());
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    server.setHandler(context(servlet));
    server.setErrorHandler(new StatusErrors());
    server.setStopTimeout(STOP_MILLIS);
  }

  private static ServletContextHandler context(HttpServlet servlet) {
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.setErrorHandler(new ContextErrors());
    ServletHolder holder = new ServletHolder("api", servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    return context;
  }

  private ConnectionFactory[] factories() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(config.maxHeaderBytes());
    http.setOutputBufferSize(WRITE_BUFFER);
    http.setUriCompliance(UriCompliance.UNSAFE); // the path grammar judges, and answers a Status
    http.setIdleTimeout(config.idleTimeout().toMillis());
    List<ConnectionFactory> factories = new ArrayList<>();
    if (config.tls().isEmpty()) {
      factories.add(new WholeChunksFactory(http));
      factories.add(tuned(new HTTP2CServerConnectionFactory(http)));
      return factories.toArray(ConnectionFactory[]::new);
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    factories.add(new SslConnectionFactory(tls(config.tls().get()), alpn.getProtocol()));
    factories.add(alpn);
    factories.add(tuned(new HTTP2ServerConnectionFactory(http)));
    factories.add(new WholeChunksFactory(http));
    return factories.toArray(ConnectionFactory[]::new);
  }

  private static ConnectionFactory tuned(AbstractHTTP2ServerConnectionFactory http2) {
    http2.setMaxConcurrentStreams(MAX_STREAMS);
    http2.setRateControlFactory(new WindowRateControl.Factory(MAX_EVENTS_PER_SECOND));
    return http2;
  }

  private static SslContextFactory.Server tls(Tls tls) {
    SslContextFactory.Server factory = new TlsFactory();
    factory.setKeyStore(PemFiles.identity(tls.certificate(), tls.key()));
    factory.setKeyStorePassword(PemFiles.NO_SECRET);
    factory.setTrustStore(PemFiles.trust(tls.clientCa()));
    factory.setWantClientAuth(true);
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setUseCipherSuitesOrder(false); // clients know which of them is cheap for them
    factory.setSniRequired(false);
    return factory;
  }

  private static final class TlsFactory extends SslContextFactory.Server {
    @Override
    protected TrustManager[] getTrustManagers(KeyStore trusted, Collection<? extends CRL> revoked)
        throws Exception {
      TrustManager[] managers = super.getTrustManagers(trusted, revoked);
      for (int i = 0; managers != null && i < managers.length; i++) {
        if (managers[i] instanceof X509ExtendedTrustManager usual) {
          managers[i] = new ClientTrust(usual, trusted, Clock.systemUTC());
        }
      }
      return managers;
    }
  }

  /**
   * Begins to listen. Jetty looks for its parts through the thread's class loader, which in an EE
   * server is whoever's thread this is; so it is given the one that has them.
   */
  public void start() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ApiFront.class.getClassLoader());
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(
          "the API cannot listen on " + config.host() + ":" + config.port(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Where it is reached from this machine. */
  public URI localUri() {
    return URI.create((config.tls().isPresent() ? "https" : "http") + "://127.0.0.1:" + port());
  }

  /** Those that ask for nothing at the moment need not have the second that Jetty gives them. */
  private void dropIdle() {
    for (EndPoint point : connector.getConnectedEndPoints()) {
      if (point.getConnection() instanceof HttpConnection connection
          && connection.getHttpChannel().getRequest() == null) {
        point.close();
      }
    }
  }

  @Override
  public void close() {
    dropIdle();
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.info("connections were still open when the API's port was closed");
    } catch (Exception e) {
      throw new IllegalStateException("the API's port could not be closed in order", e);
    } finally {
      virtualThreads.shutdownNow();
    }
  }
}
