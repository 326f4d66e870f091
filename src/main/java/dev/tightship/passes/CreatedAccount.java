package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import org.jspecify.annotations.Nullable;

/**
 * A user that a RUN makes.
 *
 * @param name as written, which may hold a variable
 * @param number that it has for sure; null where the file does not say it
 * @param group name or number of its own group; null where the file does not say it
 * @param always whether it is made whatever the build meets
 */
record CreatedAccount(
    String name, @Nullable String number, @Nullable String group, boolean always, Instruction by) {

  /** Whether its name can stand in a USER as it is. */
  boolean isPlain() {
    return always && name.matches("[a-z_][a-z0-9_-]{0,31}");
  }

  /**
   * What a call of useradd or adduser makes; null for one that only adds a user to a group.
   *
   * @param sure whether it is run, and must succeed
   * @param always whether the user is there afterwards, by this call or another way
   */
  static @Nullable CreatedAccount of(
      ShellCommand.Program program, Instruction by, boolean sure, boolean always) {
    var words = AccountWords.of(program);
    boolean adduser = program.name().equals("adduser");
    // of two words after adduser the second is a group that the first one joins
    boolean creates = words.names().size() == 1 || (!adduser && words.names().size() > 1);
    if (!creates) {
      return null;
    }
    String name = words.names().get(words.names().size() - 1);
    String uid = words.value("u", "uid");
    boolean own = sure && !words.isUnsure() && !words.has("o", "non-unique");
    String number = own && uid != null && uid.matches("[1-9]\\d{0,8}") ? uid : null;
    boolean root = uid != null && uid.matches("0+");
    return new CreatedAccount(name, number, group(words, adduser), always && !root, by);
  }

  private static @Nullable String group(AccountWords words, boolean adduser) {
    if (!adduser) {
      return words.value("g", "gid");
    }
    // only BusyBox has -D, and there -G is the user's own group
    return words.has("D") ? words.value("G") : words.value("ingroup", "gid");
  }
}
