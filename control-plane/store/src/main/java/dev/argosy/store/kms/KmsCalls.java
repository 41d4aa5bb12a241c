package dev.argosy.store.kms;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Histogram;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three calls of the KMS v2 interface, measured. Any thread. */
final class KmsCalls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KmsCalls.class);

  /** Kubernetes' buckets: 0.1 ms, each twice the one before. */
  private static final double[] BOUNDS = bounds();

  private final String name;
  private final KmsChannel channel;
  private final Metrics.Family<Histogram> times;

  KmsCalls(KmsEndpoint endpoint, Metrics metrics) {
    this.name = endpoint.name();
    this.channel = new KmsChannel(endpoint);
    this.times =
        metrics.histogram(
            "apiserver_envelope_encryption_kms_operations_latency_seconds",
            "Calls of KMS plug-ins, by gRPC's code.",
            BOUNDS,
            "provider_name",
            "method_name",
            "grpc_status_code");
  }

  private static double[] bounds() {
    double[] bounds = new double[20];
    double bound = 0.0001;
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = bound;
      bound *= 2;
    }
    return bounds;
  }

  /** Reads a message. */
  private interface Parser<T> {
    T parse(byte[] message) throws IOException;
  }

  KmsMessages.Status status() throws KmsFailure {
    channel.tryAgain();
    return call("Status", new byte[0], false, KmsMessages::status);
  }

  SealedSeed encrypt(byte[] plain) throws KmsFailure {
    return call("Encrypt", KmsMessages.encrypt(plain, uid()), true, KmsMessages::encrypted);
  }

  byte[] decrypt(SealedSeed seed) throws KmsFailure {
    return call("Decrypt", KmsMessages.decrypt(seed, uid()), true, KmsMessages::decrypted);
  }

  private static String uid() {
    return UUID.randomUUID().toString();
  }

  private <T> T call(String method, byte[] request, boolean patient, Parser<T> parser)
      throws KmsFailure {
    long begin = System.nanoTime();
    Code code = Code.OK;
    try {
      return parser.parse(channel.call(method, request, patient));
    } catch (StatusRuntimeException e) {
      code = e.getStatus().getCode();
      LOG.debug("{} of the KMS plug-in {}: {}", method, name, e.getMessage());
      throw new KmsFailure(away(code), code.name());
    } catch (IOException | IllegalArgumentException e) {
      code = Code.INTERNAL;
      LOG.warn("{} of the KMS plug-in {} answers nonsense: {}", method, name, e.getMessage());
      throw new KmsFailure(false, "not an answer of KMS v2");
    } finally {
      times
          .with(name, "/v2.KeyManagementService/" + method, code.name())
          .observe((System.nanoTime() - begin) / 1e9);
    }
  }

  /** Whether another call would fare no better, whatever it asks for. */
  private static boolean away(Code code) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, UNIMPLEMENTED, RESOURCE_EXHAUSTED, CANCELLED -> true;
      default -> false;
    };
  }

  @Override
  public void close() {
    channel.close();
  }
}
