package dev.tightship.secret;

import dev.tightship.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Texts that say by their shape that they are secrets: tokens as their issuers document them, and
 * hashes of passwords. Where a token has a checksum or an inner structure, that is checked.
 */
final class Tokens {

  /** What masking hides: it need not know whether a token is a real one. */
  static final Pattern LOOSE =
      Pattern.compile(
          "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}|gl[a-z]{2,5}-[\\w-]{16,}|A[KS]IA[0-9A-Z]{12,}"
              + "|xox[abeoprs]-[\\w-]{10,}|xapp-[\\w-]{20,}|[sr]k[-_](?:live_|test_|proj-|ant-)?[\\w-]{16,}"
              + "|whsec_[\\w+/=]{16,}|eyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]*|AIza[\\w-]{30,}|GOCSPX-[\\w-]{20,}"
              + "|SG\\.[\\w-]{16,}\\.[\\w-]{16,}|SK[0-9a-f]{32}"
              + "|npm_[A-Za-z0-9]{30,}|pypi-[\\w-]{20,}|hf_[A-Za-z0-9]{20,}|do[opr]_v1_[a-f0-9]{40,}"
              + "|dckr_[op]at_[\\w-]{20,}|hv[bsr]\\.[\\w-]{20,}|claim-[\\w-]{20}|tskey-[\\w-]{16,}"
              + "|shp[a-z]{2}_[a-fA-F0-9]{32}|glsa_\\w{30,}|AGE-SECRET-KEY-1[0-9A-Z]{50,}"
              + "|[MNO][DTjz][\\w-]{21,25}\\.[\\w-]{6}\\.[\\w-]{27,38}|\\d{8,10}:AA[\\w-]{33})"
              + "|(?<=hooks\\.slack\\.com/services/)[\\w/]{30,}"
              + "|(?<=api/webhooks/)\\d{15,20}/[\\w-]{60,}"
              + "|\\$\\$?(?:apr1|2[abxy]|1|5|6|7|y|argon2(?:id|i|d))\\$[^\\s\"',]{8,}"
              + "|\\{SHA\\}[A-Za-z0-9+/=]{20,}");

  /** Bounded, since a text of many beginnings would cost its square. */
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "(?<![A-Za-z0-9_])(?:"
              + String.join(
                  "|",
                  "(?<github>gh[pousr]_[A-Za-z0-9]{36}(?![A-Za-z0-9]))",
                  "(?<plain>github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
                  "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])",
                  "gl(?:pat|ptt|rt|dt|soat|cbt|ft|imt|agent|oas|ffct)-[\\w-]{20,300}",
                  "A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])",
                  "xox[abeoprs]-(?:\\d{1,15}-){1,4}[A-Za-z0-9-]{10,300}",
                  "xapp-\\d-[A-Z0-9]{8,15}-\\d{8,15}-[a-f0-9]{40,80}",
                  "[sr]k_(?:live|test)_[A-Za-z0-9]{16,300}",
                  "whsec_[A-Za-z0-9+/=]{32,100}",
                  "pypi-AgE[\\w-]{60,1000}",
                  "AIza[\\w-]{35}(?![\\w-])",
                  "GOCSPX-[\\w-]{28}(?![\\w-])",
                  "SG\\.[\\w-]{22}\\.[\\w-]{43}(?![\\w-])",
                  "SK[0-9a-f]{32}(?![\\w-])",
                  "sk-(?:[a-z]{3,8}-)?[\\w-]{20,120}T3BlbkFJ[\\w-]{20,120}",
                  "sk-ant-[a-z]{2,6}\\d\\d-[\\w-]{60,200}",
                  "hf_[A-Za-z]{34}(?![A-Za-z0-9])",
                  "do[opr]_v1_[a-f0-9]{64}",
                  "dckr_[op]at_[\\w-]{27,100}",
                  "hv[bsr]\\.[\\w-]{24,300}",
                  "claim-[\\w-]{20}(?![\\w-])",
                  "tskey-(?:auth|api|client|scim|webhook)-\\w{8,40}-\\w{20,80}",
                  "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
                  "glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}",
                  "AGE-SECRET-KEY-1[0-9A-Z]{58})",
                  "(?<jwt>eyJ[\\w-]{10,4096}+\\.[\\w-]{10,4096}+\\.[\\w-]{20,4096})",
                  "(?<discord>[MNO][DTjz][\\w-]{21,25}\\.[\\w-]{6}\\.[\\w-]{27,38})(?![\\w-])",
                  "(?<telegram>\\d{8,10}:AA[\\w-]{33})(?![\\w-])")
              + ")"
              + "|(?<=hooks\\.slack\\.com/services/)(?<slack>T\\w{6,14}/B\\w{6,14}/\\w{20,30})"
              + "|(?<=api/webhooks/)(?<webhook>\\d{15,20}/[\\w-]{60,80})"
              + "|(?<hash>\\$(?:apr1|2[abxy]|1|5|6|7|y|argon2(?:id|i|d))\\$[^\\s\"',]{8,300}"
              + "|\\{SHA\\}[A-Za-z0-9+/]{27}=)");

  private static final List<Check> CHECKS =
      List.of(
          new Check("github", Tokens::hasSum),
          new Check("jwt", Tokens::isJwt),
          new Check("discord", Tokens::isDiscord));

  private static final String BASE_62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private record Check(String group, Predicate<String> test) {}

  /**
   * @param hash whether it is the hash of a password, not a token
   */
  record Found(Span span, boolean hash) {}

  private Tokens() {}

  /** Those in a text, in their order. */
  static List<Found> in(String text) {
    if (!Hints.of(text).shape()) {
      return List.of();
    }
    var found = new ArrayList<Found>();
    Matcher candidate = CANDIDATE.matcher(text);
    while (candidate.find()) {
      if (isReal(candidate)) {
        Span span = new Span(candidate.start(), candidate.end());
        found.add(new Found(span, candidate.group("hash") != null));
      }
    }
    return found;
  }

  private static boolean isReal(Matcher candidate) {
    for (Check check : CHECKS) {
      String token = candidate.group(check.group);
      if (token != null) {
        return check.test.test(token);
      }
    }
    return true;
  }

  /** The last six chars are the CRC-32 of the thirty before, in base 62. */
  static boolean hasSum(String token) {
    int end = token.length() - 6;
    var crc = new CRC32();
    crc.update(token.substring(end - 30, end).getBytes(StandardCharsets.US_ASCII));
    long sum = 0;
    for (int i = end; i < token.length(); i++) {
      sum = sum * 62 + BASE_62.indexOf(token.charAt(i));
    }
    return sum == crc.getValue();
  }

  /** The first part is a JSON object that names the algorithm of the signature. */
  private static boolean isJwt(String token) {
    String header = decoded(token.substring(0, token.indexOf('.')));
    return header.startsWith("{") && header.endsWith("}") && header.contains("\"alg\"");
  }

  /** The first part is the number of an account. */
  private static boolean isDiscord(String token) {
    return decoded(token.substring(0, token.indexOf('.'))).matches("\\d{17,20}");
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
