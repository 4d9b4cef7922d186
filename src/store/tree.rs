//! Typed trees, and writes that take effect together.
//!
//! Every change of the store is staged in [`Writes`] and applied as one transaction, under the store's one writer
//! lock; so what was read while staging still holds when it is applied.

use std::{collections::BTreeMap, marker::PhantomData, ops::Bound};

use sled::transaction::{ConflictableTransactionError, TransactionError, Transactional};

use crate::store::{
    error::{Result, StoreError},
    key::Key,
    record::{self, Record},
};

/// One tree, with one kind of key and one kind of value.
pub(super) struct Tree<K, V> {
    raw: sled::Tree,
    kinds: PhantomData<fn() -> (K, V)>,
}

impl<K: Key, V: Record> Tree<K, V> {
    pub(super) fn open(db: &sled::Db, name: &str) -> Result<Self> {
        Ok(Self {
            raw: db.open_tree(name)?,
            kinds: PhantomData,
        })
    }

    pub(super) fn get(&self, key: &K) -> Result<Option<V>> {
        self.raw
            .get(key.encode())?
            .map(|bytes| record::decode(&bytes))
            .transpose()
    }

    pub(super) fn contains(&self, key: &K) -> Result<bool> {
        Ok(self.raw.contains_key(key.encode())?)
    }

    /// Everything, in key order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = Result<(K, V)>> + use<K, V> {
        self.raw.iter().map(Self::pair)
    }

    /// Only the keys, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = Result<K>> + use<K, V> {
        self.raw.iter().keys().map(|key| {
            K::decode(&key?).ok_or(StoreError::BadRecord {
                what: V::WHAT,
                detail: "its key is damaged".to_owned(),
            })
        })
    }

    /// Everything from `first` on.
    pub(super) fn from(&self, first: &K) -> impl DoubleEndedIterator<Item = Result<(K, V)>> + use<K, V> {
        let range = (Bound::Included(first.encode()), Bound::Unbounded);
        self.raw.range::<Vec<u8>, _>(range).map(Self::pair)
    }

    /// Counts by walking the tree; for small trees.
    pub(super) fn len(&self) -> usize {
        self.raw.len()
    }

    /// The tree without its types, for copies of the whole store.
    pub(super) fn raw(&self) -> &sled::Tree {
        &self.raw
    }

    fn pair(found: sled::Result<(sled::IVec, sled::IVec)>) -> Result<(K, V)> {
        let (key, value) = found?;
        let key = K::decode(&key).ok_or(StoreError::BadRecord {
            what: V::WHAT,
            detail: "its key is damaged".to_owned(),
        })?;
        Ok((key, record::decode(&value)?))
    }
}

/// Changes that take effect together.
#[derive(Default)]
pub(super) struct Writes(BTreeMap<Vec<u8>, (sled::Tree, sled::Batch)>);

impl Writes {
    pub(super) fn put<K: Key, V: Record>(&mut self, tree: &Tree<K, V>, key: &K, value: &V) -> Result<()> {
        let value = record::encode(value)?;
        self.batch(&tree.raw).insert(key.encode(), value);
        Ok(())
    }

    pub(super) fn remove<K: Key, V: Record>(&mut self, tree: &Tree<K, V>, key: &K) {
        self.batch(&tree.raw).remove(key.encode());
    }

    /// A record as it lies in a backup.
    pub(super) fn put_raw(&mut self, tree: &sled::Tree, key: Vec<u8>, value: Vec<u8>) {
        self.batch(tree).insert(key, value);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Applies everything or, on an error, nothing. Not durable yet.
    pub(super) fn apply(self) -> Result<()> {
        let (trees, batches): (Vec<_>, Vec<_>) = self.0.into_values().unzip();
        if trees.is_empty() {
            return Ok(());
        }
        let applied = trees.as_slice().transaction(|views| {
            for (view, batch) in views.iter().zip(&batches) {
                view.apply_batch(batch)?;
            }
            Ok::<_, ConflictableTransactionError<()>>(())
        });
        applied.map_err(|error| match error {
            TransactionError::Storage(error) => error.into(),
            TransactionError::Abort(()) => StoreError::Disk("the transaction was given up".to_owned()),
        })
    }

    fn batch(&mut self, tree: &sled::Tree) -> &mut sled::Batch {
        let (_, batch) = self
            .0
            .entry(tree.name().to_vec())
            .or_insert_with(|| (tree.clone(), sled::Batch::default()));
        batch
    }
}
