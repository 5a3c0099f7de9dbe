//! Looks at eight bytes of a text at once, as one number with the first byte in its lowest bits.

/// A byte in each of the eight.
const ONES: u64 = u64::MAX / 0xFF;

/// The highest bit of each of the eight.
const HIGH: u64 = ONES << 7;

/// Of eight bytes: the lowest bit that is set is the highest of the first byte that ends a string, a quote, or may not stand in
/// one, a control character. 0 where there is none.
#[inline(always)]
pub(super) fn end_of_string(eight: u64) -> u64 {
    // Whether a byte is below a limit is known by the borrow. A borrow out of a byte disturbs only those after it.
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(ONES * u64::from(limit)) & !bytes & HIGH;
    below(eight, 0x20) | below(eight ^ (ONES * u64::from(b'"')), 1)
}

/// The number that the digits at the beginning of eight bytes write, and how many digits there are.
#[inline(always)]
pub(super) fn leading_digits(eight: u64) -> (u64, usize) {
    let digits = eight ^ (ONES * u64::from(b'0'));
    // A digit is below 10: with six more it stays below 16. A carry out of a byte that is no digit disturbs only those after it.
    let others = (digits | digits.wrapping_add(ONES * 6)) & (ONES * 0xF0);
    let length = others.trailing_zeros() / 8;
    // Zeros in front take the place of what follows the digits.
    let digits = digits.checked_shl(64 - 8 * length).unwrap_or(0);
    // Twos, fours and eights of digits.
    let twos = (digits * 10 + (digits >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (twos * 100 + (twos >> 16)) & 0x0000_FFFF_0000_FFFF;
    ((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF, length as usize)
}
