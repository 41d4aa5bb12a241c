package dev.argosy.server.metering.price;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads price lists from a file of JSON, whenever they are needed: it may be changed at any time.
 */
public record PriceFile(Path path) {

  /**
   * The lists as the file says now.
   *
   * @throws IllegalArgumentException if it cannot be read, with what is wrong
   */
  public PriceBook read() {
    try {
      return parse(Files.readAllBytes(path));
    } catch (IOException | JacksonException e) {
      throw new IllegalArgumentException(
          "price lists cannot be read from " + path + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("price lists in " + path + ": " + e.getMessage(), e);
    }
  }

  static PriceBook parse(byte[] json) {
    JsonNode book = Json.parse(json);
    known(book, Set.of("currency", "lists"));
    List<PriceList> lists = new ArrayList<>();
    for (JsonNode list : book.path("lists")) {
      lists.add(list(list));
    }
    return new PriceBook(book.path("currency").asString(""), lists);
  }

  private static PriceList list(JsonNode list) {
    known(list, Set.of("from", "prices", "idle", "shared"));
    Map<String, BigDecimal> prices = new TreeMap<>();
    list.path("prices")
        .properties()
        .forEach(price -> prices.put(price.getKey(), amount(price.getKey(), price.getValue())));
    return new PriceList(
        OffsetDateTime.parse(list.path("from").asString("")).toInstant(),
        prices,
        divided(list, "idle"),
        divided(list, "shared"));
  }

  private static BigDecimal amount(String resource, JsonNode price) {
    try {
      return new BigDecimal(price.isNumber() ? price.asString() : price.asString(""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the price of " + resource + " is no number", e);
    }
  }

  private static boolean divided(JsonNode list, String field) {
    return switch (list.path(field).asString("divided")) {
      case "divided" -> true;
      case "kept" -> false;
      default -> throw new IllegalArgumentException(field + " must be divided or kept");
    };
  }

  private static void known(JsonNode object, Set<String> fields) {
    for (String name : object.propertyNames()) {
      if (!fields.contains(name)) {
        throw new IllegalArgumentException("unknown field " + name);
      }
    }
  }
}
