//! gzip, and a cheap gzip bomb.

use std::io::Write;

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// One gzip member that unpacks to this many MiB of spaces and then `end`: about 1 KiB for each MiB, and valid JSON if
/// `end` is. A block that ends with a full flush does not refer to earlier bytes, so the same compressed block can be
/// repeated.
pub(crate) fn bomb(mebibytes: u32, end: &[u8]) -> Vec<u8> {
    let spaces = vec![b' '; 1 << 20];
    let mut block = Vec::with_capacity(1 << 20);
    Compress::new(Compression::best(), false).compress_vec(&spaces, &mut block, FlushCompress::Full).unwrap();
    let mut last = Vec::with_capacity(end.len() + 1024);
    Compress::new(Compression::best(), false).compress_vec(end, &mut last, FlushCompress::Finish).unwrap();
    let mut one = Crc::new();
    one.update(&spaces);
    let mut sum = Crc::new();
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    for _ in 0..mebibytes {
        packed.extend(&block);
        sum.combine(&one);
    }
    packed.extend(&last);
    sum.update(end);
    packed.extend(sum.sum().to_le_bytes());
    packed.extend(sum.amount().to_le_bytes());
    packed
}
