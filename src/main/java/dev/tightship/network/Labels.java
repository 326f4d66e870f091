package dev.tightship.network;

import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.network.Evidence.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Services that others tell by a label, or a variable, that they shall be reached. Those that only
 * ask the engine, and reach nobody by its network, are none of them.
 */
final class Labels {

  /**
   * A kind of service that reads labels of others.
   *
   * @param word how people call it
   * @param images the last part of the names of its images
   * @param labels which labels it reads
   * @param variable a variable that it reads in the place of labels; empty where there is none
   * @param reaches whether it passes requests on to the service that has the label
   */
  private record Reader(
      String word, Pattern images, Pattern labels, String variable, boolean reaches) {

    static Reader of(String word, String images, String labels, String variable, boolean reaches) {
      return new Reader(word, Pattern.compile(images), Pattern.compile(labels), variable, reaches);
    }
  }

  private static final List<Reader> READERS =
      List.of(
          // doc.traefik.io, "Traefik & Docker"
          Reader.of("traefik", "traefik", "traefik\\..*", "", true),
          // the readme of lucaslorentz/caddy-docker-proxy: "any label prefixed with caddy"
          Reader.of("caddy-docker-proxy", "caddy-docker-proxy", "caddy(_\\d+)?(\\..*)?", "", true),
          // the readme of nginx-proxy/nginx-proxy: "share at least one Docker network"
          Reader.of("nginx-proxy", "nginx-proxy", "(?!)", "VIRTUAL_HOST", true),
          // the readme of linuxserver/docker-mods, swag-auto-proxy
          Reader.of("swag", "swag", "swag", "", true),
          // gethomepage.dev, "Automatic Service Discovery": it asks at the URLs that it is told
          Reader.of("homepage", "homepage", "homepage\\..*", "", false));

  private static final String SWITCH = "traefik.enable";

  /** Labels whose values may name a third service. */
  private static final Pattern HOLDS_HOST =
      Pattern.compile(".*(address|url|reverse_proxy|forward_auth|php_fastcgi)(\\..*)?");

  /**
   * A label of a service.
   *
   * @param key in lower case
   */
  record Label(String key, String value, Where where) {

    /** Whether it keeps those that read labels away. */
    boolean turnsOff() {
      return key.equals(SWITCH) && value.strip().equalsIgnoreCase("false");
    }
  }

  private final Project project;
  private final Edges edges;
  private final HostFinder finder;
  private final Map<Reader, List<String>> readers = new LinkedHashMap<>();

  Labels(Project project, Edges edges, HostFinder finder) {
    this.project = project;
    this.edges = edges;
    this.finder = finder;
    for (Service service : project.services()) {
      for (Reader reader : READERS) {
        if (is(service, reader)) {
          readers.computeIfAbsent(reader, r -> new ArrayList<>()).add(service.name());
        }
      }
    }
  }

  private static boolean is(Service service, Reader reader) {
    String name =
        service.origin() instanceof Origin.Pulled pulled
            ? pulled.reference().familiarName()
            : service.name();
    return reader.images.matcher(name.substring(name.lastIndexOf('/') + 1)).matches();
  }

  void look(Service service) {
    List<Label> labels = of(service);
    for (Reader reader : READERS) {
      List<Label> read =
          labels.stream().filter(label -> reader.labels.matcher(label.key).matches()).toList();
      boolean off = read.stream().anyMatch(Label::turnsOff);
      var environment =
          reader.variable.isEmpty() ? null : service.environment().values().get(reader.variable);
      if (!off && !read.isEmpty()) {
        told(service, reader, read);
      } else if (environment != null) {
        Where where = variable(service, reader.variable);
        told(service, reader, List.of(new Label(reader.variable, "", where)));
      }
    }
  }

  private void told(Service service, Reader reader, List<Label> labels) {
    List<String> by = readers.getOrDefault(reader, List.of());
    Label first = labels.get(0);
    for (String client : by) {
      if (reader.reaches) {
        String says = "%s tells %s".formatted(Edges.word(first.key), reader.word);
        edges.add(client, service.name(), new Evidence(Kind.LABEL, false, says, first.where));
      }
      for (Label label : labels) {
        if (HOLDS_HOST.matcher(label.key).matches()) {
          edges.add(
              client,
              Kind.LABEL,
              Edges.word(label.key),
              finder.inValue(label.key, label.value),
              label.where);
        }
      }
    }
    if (by.isEmpty() && reader.reaches) {
      edges.unknown(
          service.name(),
          Unknown.Kind.OUTSIDE,
          "%s speaks to a %s that is not in this project"
              .formatted(Edges.word(first.key), reader.word),
          first.where);
    }
  }

  /** Those of a service, each once. */
  static List<Label> of(Service service) {
    var labels = new LinkedHashMap<String, Label>();
    for (String[] path : new String[][] {{"labels"}, {"deploy", "labels"}}) {
      for (Texts said : service.texts(path)) {
        for (Texts.Text text : said.all()) {
          String value = said.frame().interpolated(text.scalar(), HostFinder::unknown);
          int equals = value.indexOf('=');
          String key =
              text.key() != null ? text.key() : equals < 0 ? value : value.substring(0, equals);
          String rest = text.key() != null || equals < 0 ? value : value.substring(equals + 1);
          String lower = key.toLowerCase(Locale.ROOT);
          labels.put(lower, new Label(lower, rest, Edges.where(said, text)));
        }
      }
    }
    return List.copyOf(labels.values());
  }

  private Where variable(Service service, String name) {
    for (Texts said : service.texts("environment")) {
      for (Texts.Text text : said.all()) {
        if (name.equals(text.key()) || text.scalar().text().startsWith(name + "=")) {
          return Edges.where(said, text);
        }
      }
    }
    return Edges.where(project, service.at("environment"));
  }
}
