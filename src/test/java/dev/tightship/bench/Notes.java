package dev.tightship.bench;

import dev.tightship.oracle.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notes application of the fixtures, used as a browser uses it: through its front. */
final class Notes {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI front;

  Notes(URI front) {
    this.front = front;
  }

  /** The page; waits until the front serves it. */
  String page() {
    return patiently("GET", "/", null, 200).body();
  }

  /** Adds a note; waits until the application has found its database. */
  void add(String text) {
    patiently("POST", "/api/notes", "{\"text\": \"" + text + "\"}", 201);
  }

  /** The texts of all notes. */
  List<String> list() {
    var notes = (List<?>) Json.read(patiently("GET", "/api/notes", null, 200).body());
    return notes.stream().map(note -> String.valueOf(Json.at(note, "text"))).toList();
  }

  /** Deletes the notes with this text. */
  void delete(String text) {
    var notes = (List<?>) Json.read(patiently("GET", "/api/notes", null, 200).body());
    for (Object note : notes) {
      if (text.equals(Json.at(note, "text"))) {
        patiently("DELETE", "/api/notes/" + Json.at(note, "id"), null, 204);
      }
    }
  }

  private HttpResponse<String> patiently(
      String method, String path, @Nullable String body, int wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "no answer";
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> response = send(method, path, body);
        if (response.statusCode() == wanted) {
          return response;
        }
        last = response.statusCode() + " " + response.body();
      } catch (IOException e) {
        last = e.toString();
      }
      Started.sleep(Duration.ofMillis(500));
    }
    throw new AssertionError(method + " " + path + ": " + last);
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws IOException {
    var request =
        HttpRequest.newBuilder(front.resolve(path))
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
