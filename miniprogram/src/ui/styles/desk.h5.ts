// The order in which they are laid on.
import './desk.css'
import './desk-more.css'
