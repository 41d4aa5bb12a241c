package dev.argosy.agent.network.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** Makes the answer to a message. */
public final class Responder {

  private static final int TCP_LIMIT = 65_535;
  private static final int UDP_DEFAULT = 512;
  private static final int MAX_ALIASES = 8;

  private final ClusterZone zone;
  private final Function<InetAddress, Optional<String>> clusterOf;
  private final Upstream upstream;

  /**
   * @param clusterOf the tenant of the pod that has an address
   */
  public Responder(
      ClusterZone zone, Function<InetAddress, Optional<String>> clusterOf, Upstream upstream) {
    this.zone = zone;
    this.clusterOf = clusterOf;
    this.upstream = upstream;
  }

  /** Nothing for what is no question at all. */
  Optional<byte[]> respond(byte[] wire, InetAddress from, boolean tcp) {
    Message query;
    try {
      query = new Message(wire);
    } catch (IOException e) {
      return Optional.empty();
    }
    Record question = query.getQuestion();
    if (query.getHeader().getFlag(Flags.QR)) {
      return Optional.empty();
    }
    if (question == null || query.getHeader().getOpcode() != Opcode.QUERY) {
      return Optional.of(encode(query, reply(query, Rcode.NOTIMP), tcp));
    }
    if (!question.getName().subdomain(ClusterZone.DOMAIN)) {
      return Optional.of(
          upstream
              .ask(wire, tcp)
              .orElseGet(() -> encode(query, reply(query, Rcode.SERVFAIL), tcp)));
    }
    return Optional.of(encode(query, ours(query, question, from), tcp));
  }

  private Message ours(Message query, Record question, InetAddress from) {
    Optional<String> cluster = clusterOf.apply(from);
    if (cluster.isEmpty()) {
      return reply(query, Rcode.REFUSED);
    }
    Message reply = reply(query, Rcode.NOERROR);
    reply.getHeader().setFlag(Flags.AA);
    fill(reply, cluster.get(), question, 0);
    return reply;
  }

  private void fill(Message reply, String cluster, Record question, int aliases) {
    switch (zone.answer(cluster, question.getName(), question.getType())) {
      case ZoneAnswer.Records records -> {
        records.answers().forEach(record -> reply.addRecord(record, Section.ANSWER));
        records.additional().forEach(record -> reply.addRecord(record, Section.ADDITIONAL));
        if (records.answers().isEmpty()) {
          reply.addRecord(authority(), Section.AUTHORITY);
        }
      }
      case ZoneAnswer.NoSuchName() -> {
        reply.getHeader().setRcode(Rcode.NXDOMAIN);
        reply.addRecord(authority(), Section.AUTHORITY);
      }
      case ZoneAnswer.Alias(Name target) -> {
        reply.addRecord(
            new CNAMERecord(question.getName(), DClass.IN, ServiceRecords.TTL, target),
            Section.ANSWER);
        if (aliases < MAX_ALIASES) {
          fill(
              reply, cluster, Record.newRecord(target, question.getType(), DClass.IN), aliases + 1);
        }
      }
      case ZoneAnswer.Elsewhere() -> fillFromUpstream(reply, question);
    }
  }

  /** Stub resolvers do not follow an alias themselves. */
  private void fillFromUpstream(Message reply, Record question) {
    Optional<byte[]> answer = upstream.ask(Message.newQuery(question).toWire(), false);
    try {
      if (answer.isPresent()) {
        List<Record> records = new Message(answer.get()).getSection(Section.ANSWER);
        records.forEach(record -> reply.addRecord(record, Section.ANSWER));
      }
    } catch (IOException e) {
      reply.getHeader().setRcode(Rcode.SERVFAIL);
    }
  }

  private static Message reply(Message query, int rcode) {
    Message reply = new Message(query.getHeader().getID());
    Header header = reply.getHeader();
    header.setFlag(Flags.QR);
    header.setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    header.setRcode(rcode);
    Record question = query.getQuestion();
    if (question != null) {
      reply.addRecord(question, Section.QUESTION);
    }
    return reply;
  }

  private static Record authority() {
    Name server = Name.fromConstantString("ns.dns.cluster.local.");
    Name admin = Name.fromConstantString("hostmaster.cluster.local.");
    int ttl = ServiceRecords.TTL;
    return new SOARecord(
        ClusterZone.DOMAIN, DClass.IN, ttl, server, admin, 1, 7200, 1800, 86_400, ttl);
  }

  private static byte[] encode(Message query, Message reply, boolean tcp) {
    OPTRecord options = query.getOPT();
    int limit = options == null ? UDP_DEFAULT : Math.max(UDP_DEFAULT, options.getPayloadSize());
    if (options != null) {
      reply.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    }
    return reply.toWire(tcp ? TCP_LIMIT : Math.min(limit, 4096));
  }
}
