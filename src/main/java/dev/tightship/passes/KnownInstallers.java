package dev.tightship.passes;

import java.util.Map;

/** What to do in the place of a script that is fetched. */
final class KnownInstallers {

  /** Where nothing better is known. */
  static final String CHECK =
      "fetch a fixed version with ADD --checksum=sha256:…, or to a file that sha256sum -c checks, and"
          + " run that";

  /**
   * What to do in the place of well-known installers, by host and beginning of the path. Each as
   * the project itself or the image documents it.
   */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("deb.nodesource.com/", "build on the official image node at a fixed version"),
          Map.entry("rpm.nodesource.com/", "build on the official image node at a fixed version"),
          Map.entry(
              "raw.githubusercontent.com/nvm-sh/nvm/",
              "build on the official image node at a fixed version"),
          Map.entry("sh.rustup.rs/", "build on the official image rust at a fixed version"),
          Map.entry(
              "get.docker.com/",
              "copy the client from the official image: COPY --from=docker:VERSION-cli"
                  + " /usr/local/bin/docker /usr/local/bin/"),
          Map.entry(
              "install.python-poetry.org/",
              "install a fixed version from the package index: pip install poetry==VERSION"),
          Map.entry(
              "astral.sh/uv/",
              "copy it from its image: COPY --from=ghcr.io/astral-sh/uv:VERSION /uv /uvx /bin/"),
          Map.entry(
              "getcomposer.org/installer",
              "copy it from the official image: COPY --from=composer:VERSION /usr/bin/composer"
                  + " /usr/bin/composer"),
          Map.entry("bun.sh/install", "build on the image oven/bun at a fixed version"),
          Map.entry("bun.com/install", "build on the image oven/bun at a fixed version"),
          Map.entry(
              "deno.land/",
              "copy it from its image: COPY --from=denoland/deno:bin-VERSION /deno"
                  + " /usr/local/bin/deno"),
          Map.entry(
              "get.pnpm.io/",
              "install a fixed version from the registry: npm install -g pnpm@VERSION"),
          Map.entry(
              "bootstrap.pypa.io/",
              "build on the official image python, which has pip, or take the package python3-pip"));

  private KnownInstallers() {}

  /** What to do instead of running what an address sends. */
  static String instead(Address address) {
    String place = address.host() + (address.path().isEmpty() ? "/" : address.path());
    for (Map.Entry<String, String> known : INSTEAD.entrySet()) {
      if (place.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return CHECK;
  }
}
