//! The knowledge in force: taken from its folder at the start and on demand, kept in the store.

use std::path::{Path, PathBuf};

use crate::{
    app::App,
    knowledge::{
        self, Problem, Revision, RevisionId,
        folder::{SourceFile, read_folder},
        load::revision_id,
    },
    metrics::Count,
    store::{Store, StoreError},
    understanding::{self, BuildError, Understanding},
};

/// A revision and all that is needed to understand questions about it.
pub struct Knowledge {
    /// Without its ways of asking once it is kept: what they teach is in `understanding`, and nothing else needs them.
    pub revision: Revision,
    pub understanding: Understanding,
}

/// Why no knowledge could be taken.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    #[error("The knowledge in {} cannot be read: {source}", folder.display())]
    Folder { folder: PathBuf, source: std::io::Error },
    #[error(
        "The knowledge in {} has {} problems, the first: {}; `concierge kb check` shows all", folder.display(), problems.len(), first(problems)
    )]
    Problems { folder: PathBuf, problems: Vec<Problem> },
    #[error("The knowledge cannot be understood with: {0}")]
    Build(#[from] BuildError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("Reading the knowledge was cut short; try again")]
    CutShort,
}

fn first(problems: &[Problem]) -> String {
    problems.first().map(ToString::to_string).unwrap_or_default()
}

impl Knowledge {
    /// Makes a revision usable. Takes its time: not for an async task's thread.
    ///
    /// # Errors
    /// When the revision holds a pattern that is not valid.
    pub fn build(revision: Revision) -> Result<Self, BuildError> {
        Ok(Self {
            understanding: Understanding::build(&revision)?,
            revision,
        })
    }

    /// Reads a folder; one with problems is refused whole.
    ///
    /// # Errors
    /// All problems of the folder.
    pub fn read(folder: &Path) -> Result<Self, KnowledgeError> {
        Self::check(folder, &files_of(folder)?)
    }

    fn check(folder: &Path, files: &[SourceFile]) -> Result<Self, KnowledgeError> {
        let refused = |problems| KnowledgeError::Problems {
            folder: folder.to_owned(),
            problems,
        };
        let revision = knowledge::load(files).map_err(refused)?;
        let problems = understanding::check::check(&revision);
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        Ok(Self::build(revision)?)
    }

    /// What to start with: the revision in force, if the folder has not changed since; else the folder's knowledge,
    /// kept as the revision in force; or, where the folder cannot be used, the revision that was in force before.
    ///
    /// # Errors
    /// When there is neither.
    pub async fn at_start(store: &Store, folder: &Path) -> Result<Self, KnowledgeError> {
        let kept = store.current_revision();
        let files = files_of(folder);
        if let (Some(id), Ok(files)) = (&kept, &files)
            && *id == revision_id(files)
        {
            return Self::from_store(store, id.clone()).await;
        }
        let folder = folder.to_owned();
        match in_background(files, move |files| Self::check(&folder, &files?)).await {
            Ok(knowledge) => knowledge.keep(store).await,
            Err(error) => {
                let Some(id) = kept else { return Err(error) };
                tracing::error!(%error, revision = %id, "the knowledge kept before stays in force");
                Self::from_store(store, id).await
            }
        }
    }

    async fn from_store(store: &Store, id: RevisionId) -> Result<Self, KnowledgeError> {
        in_background((store.clone(), id), |(store, id)| {
            if let Some(knowledge) = Self::with_kept_index(&store, &id)? {
                return Ok(knowledge);
            }
            let knowledge = Self::build(store.revision(&id)?)?;
            Ok(knowledge.with_index_kept(&store))
        })
        .await
    }

    /// Nothing if no index is kept for this revision, or not one that can be used.
    fn with_kept_index(store: &Store, id: &RevisionId) -> Result<Option<Self>, KnowledgeError> {
        let Some(index) = store.index(id) else {
            return Ok(None);
        };
        let revision = store.revision_without_phrasings(id)?;
        let understanding = Understanding::with_kept_index(&revision, &index)?;
        if understanding.is_none() {
            tracing::warn!(revision = %id, "the kept index cannot be used; it is built again");
        }
        Ok(understanding.map(|understanding| Self {
            revision,
            understanding,
        }))
    }

    /// Keeps the revision, and the index built from it for the next start.
    async fn keep(self, store: &Store) -> Result<Self, KnowledgeError> {
        store.keep_revision(&self.revision).await?;
        Ok(self.with_index_kept(store))
    }

    fn with_index_kept(mut self, store: &Store) -> Self {
        let id = &self.revision.id;
        store.keep_index(id, &self.understanding.index_bytes(id));
        self.revision.phrasings = Vec::new();
        self
    }
}

fn files_of(folder: &Path) -> Result<Vec<SourceFile>, KnowledgeError> {
    read_folder(folder).map_err(|source| KnowledgeError::Folder {
        folder: folder.to_owned(),
        source,
    })
}

impl App {
    /// Reads the knowledge folder again and puts it in force; with problems, what is in force stays.
    ///
    /// # Errors
    /// All problems of the folder.
    pub async fn reload(&self) -> Result<RevisionId, KnowledgeError> {
        let folder = self.0.knowledge_folder.clone();
        let read = in_background(folder, |folder| Knowledge::read(&folder)).await;
        let knowledge = read.inspect_err(|_| self.metrics().count(Count::ReloadRefused))?;
        let knowledge = knowledge.keep(self.store()).await?;
        let id = knowledge.revision.id.clone();
        self.take_knowledge(knowledge);
        self.sync_calendar().await?;
        self.metrics().count(Count::Reload);
        tracing::info!(revision = %id, "knowledge reloaded");
        Ok(id)
    }

    /// Puts an earlier revision in force again.
    ///
    /// # Errors
    /// When that revision is not kept any more.
    pub async fn go_back(&self, id: &RevisionId) -> Result<(), KnowledgeError> {
        let knowledge = Knowledge::from_store(self.store(), id.clone()).await?;
        self.store().go_back(id).await?;
        self.take_knowledge(knowledge);
        self.sync_calendar().await?;
        self.metrics().count(Count::WentBack);
        tracing::info!(revision = %id, "an earlier revision of the knowledge is in force again");
        Ok(())
    }
}

async fn in_background<I: Send + 'static>(
    input: I,
    work: impl FnOnce(I) -> Result<Knowledge, KnowledgeError> + Send + 'static,
) -> Result<Knowledge, KnowledgeError> {
    tokio::task::spawn_blocking(move || work(input))
        .await
        .map_err(|_| KnowledgeError::CutShort)?
}
