package io.github.llm4j.tokenizers.normalizer;

import java.util.BitSet;

/**
 * Marks and formats as the original's tables have them, which are older than the JDK's: models were
 * trained with what they leave out. Compared with huggingface/tokenizers 0.21 character by
 * character.
 */
final class OldMarks {
  /** Nonspacing marks of Unicode that its table for BERT doesn't know. */
  private static final BitSet NOT_NON_SPACING =
      set(
          "7FD 897-89F 8CA-8E1 9FE AFA-AFF B55 C04 C3C D00 D3B-D3C D81 EBA ECE 180F 1885-1886 "
              + "1ABF-1ACE 1DF6-1DFB A82C A8C5 A8FF A9BD 10D24-10D27 10D69-10D6D 10EAB-10EAC "
              + "10EFC-10EFF 10F46-10F50 10F82-10F85 11070 11073-11074 110C2 111C9 111CF 1123E "
              + "11241 1133B 113BB-113C0 113CE 113D0 113D2 113E1-113E2 11438-1143F 11442-11444 "
              + "11446 1145E 1182F-11837 11839-1183A 1193B-1193C 1193E 11943 119D4-119D7 "
              + "119DA-119DB 119E0 11A01-11A0A 11A33-11A38 11A3B-11A3E 11A47 11A51-11A56 "
              + "11A59-11A5B 11A8A-11A96 11A98-11A99 11C30-11C36 11C38-11C3D 11C3F 11C92-11CA7 "
              + "11CAA-11CB0 11CB2-11CB3 11CB5-11CB6 11D31-11D36 11D3A 11D3C-11D3D 11D3F-11D45 "
              + "11D47 11D90-11D91 11D95 11D97 11EF3-11EF4 11F00-11F01 11F36-11F3A 11F40 11F42 "
              + "11F5A 13440 13447-13455 1611E-16129 1612D-1612F 16F4F 16FE4 1CF00-1CF2D "
              + "1CF30-1CF46 1E000-1E006 1E008-1E018 1E01B-1E021 1E023-1E024 1E026-1E02A 1E08F "
              + "1E130-1E136 1E2AE 1E2EC-1E2EF 1E4EC-1E4EF 1E5EE-1E5EF 1E944-1E94A");

  /** Marks that were nonspacing once. */
  private static final BitSet ONCE_NON_SPACING = set("1734 1171E");

  /** Marks that its table for StripAccents doesn't know. */
  private static final BitSet NOT_MARKS =
      set(
          "7FD 897-89F 8CA-8D3 9FE AFA-AFF B55 C04 C3C CF3 D00 D3B-D3C D81 EBA ECE 1715 180F "
              + "1ABF-1ACE 1CF7 1DF6-1DFA A82C A8FF 10D24-10D27 10D69-10D6D 10EAB-10EAC "
              + "10EFC-10EFF 10F46-10F50 10F82-10F85 11070 11073-11074 110C2 11145-11146 111C9 "
              + "111CE-111CF 11241 1133B 113B8-113C0 113C2 113C5 113C7-113CA 113CC-113D0 113D2 "
              + "113E1-113E2 1145E 1182C-1183A 11930-11935 11937-11938 1193B-1193E 11940 "
              + "11942-11943 119D1-119D7 119DA-119E0 119E4 11A01-11A0A 11A33-11A39 11A3B-11A3E "
              + "11A47 11A51-11A5B 11A8A-11A99 11D31-11D36 11D3A 11D3C-11D3D 11D3F-11D45 11D47 "
              + "11D8A-11D8E 11D90-11D91 11D93-11D97 11EF3-11EF6 11F00-11F01 11F03 11F34-11F3A "
              + "11F3E-11F42 11F5A 13440 13447-13455 1611E-1612F 16F4F 16F7F-16F87 16FE4 "
              + "16FF0-16FF1 1CF00-1CF2D 1CF30-1CF46 1E08F 1E130-1E136 1E2AE 1E2EC-1E2EF "
              + "1E4EC-1E4EF 1E5EE-1E5EF");

  /** Characters that were marks once. */
  private static final BitSet ONCE_MARKS = set("1CF2-1CF3");

  /** Formats that its table doesn't know. */
  private static final BitSet NEW_FORMATS = set("890-891 8E2 110CD 13430-1343F");

  private OldMarks() {}

  private static BitSet set(String ranges) {
    BitSet set = new BitSet();
    for (String range : ranges.split(" ", -1)) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
      int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1), 16);
      set.set(from, to + 1);
    }
    return set;
  }

  /** Whether BERT's accents, nonspacing marks, have this one. */
  static boolean isNonSpacing(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK
        ? !NOT_NON_SPACING.get(c)
        : ONCE_NON_SPACING.get(c);
  }

  /** Whether StripAccents leaves it out. */
  static boolean isMark(int c) {
    return Marks.isMark(c) ? !NOT_MARKS.get(c) : ONCE_MARKS.get(c);
  }

  /** Whether it is a format that isn't known there. */
  static boolean isNewFormat(int c) {
    return NEW_FORMATS.get(c);
  }
}
